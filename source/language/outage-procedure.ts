import type { Week } from '../circulation/network.ts';
import type { OutageContact, OutageProcedure, ShippedContact } from '../circulation/outage.ts';

const BE_PRECISE = {
  fr: 'Pour faciliter le dépannage, donnez des indications précises : poste, heure, message affiché.',
  en: 'To make help easier, be precise: which station, at what time, what the screen says.',
};

/**
 * The procedure that ships (OUT-01): questions A1 to A4, contacts B1 and B2, offline lending C1 as in the outage document of
 * the network, in terms of Guichet. What that document has as a remark to A2 (all virtual stations → B2) is question A2V.
 */
export const SHIPPED_PROCEDURE: OutageProcedure = {
  begin: 'A1',
  questions: [
    {
      code: 'A1',
      ask: {
        fr: "La panne est-elle signalée dans une des pages présentant l'état des services ?",
        en: 'Is the outage announced on one of the pages that show the state of services?',
      },
      remark: { fr: 'Un accès professionnel peut être requis.', en: 'A staff account may be needed.' },
      probe: 'status-pages',
      yes: {
        next: 'wait',
        says: {
          fr: 'Attendez la résolution du problème. Au guichet, travaillez hors ligne.',
          en: 'Wait until it is solved. At the desk, work offline.',
        },
      },
      no: { next: 'A2' },
    },
    {
      code: 'A2',
      ask: {
        fr: 'Guichet fonctionne-t-il correctement sur les postes de vos collègues ?',
        en: "Does Guichet work as it should on your colleagues' stations?",
      },
      probe: 'other-desks',
      proves: 'yes',
      yes: {
        next: 'B1',
        says: { fr: 'Le problème est spécifique à votre poste de travail.', en: 'Only your station has the problem.' },
      },
      no: { next: 'A2V', says: { fr: 'Le problème est général.', en: 'The problem is a general one.' } },
    },
    {
      code: 'A2V',
      ask: {
        fr: "Le problème touche-t-il l'ensemble des postes virtuels (VDI) ?",
        en: 'Are all virtual stations (VDI) affected?',
      },
      remark: {
        fr: 'Un soupçon suffit. Sans poste virtuel, ou sans soupçon : non.',
        en: 'A suspicion will do. No virtual station, or no suspicion: no.',
      },
      yes: {
        next: 'B2',
        says: { fr: 'Les postes virtuels sont en cause.', en: 'The virtual stations are the problem.' },
      },
      no: { next: 'A3' },
    },
    {
      code: 'A3',
      ask: {
        fr: "Peut-on atteindre par Internet un site extérieur à l'université ?",
        en: 'Can a site outside the university be reached through the internet?',
      },
      probe: 'outside-site',
      yes: { next: 'A4', says: { fr: 'Le problème concerne Guichet.', en: 'The problem is one of Guichet.' } },
      no: {
        next: 'B2',
        says: {
          fr: "Il s'agit d'un problème de connectivité réseau.",
          en: 'The problem is the connection of the network.',
        },
      },
    },
    {
      code: 'A4',
      ask: {
        fr: "Peut-on se connecter à Guichet, au besoin par l'accès de secours ?",
        en: 'Can one connect to Guichet, by the emergency access if need be?',
      },
      remark: {
        fr: "L'accès de secours : un autre serveur ou un autre poste, selon votre bibliothèque.",
        en: 'The emergency access: another server or another station, as your library has it.',
      },
      probe: 'database',
      proves: 'yes',
      yes: {
        next: 'B1',
        says: { fr: "Si c'est encore nécessaire, appelez.", en: 'Call, if that is still needed.' },
      },
      no: {
        next: 'B2',
        says: {
          fr: "Il s'agit d'un problème de connectivité réseau.",
          en: 'The problem is the connection of the network.',
        },
      },
    },
  ],
  offline: {
    fr: 'Prêts et retours sont enregistrés dans un fichier, sans contrôle, et déchargés quand la base répond de nouveau. Un document réservé par un autre lecteur ne se voit pas : gardez les retours sur un chariot.',
    en: 'Loans and returns are recorded in a file, unchecked, and uploaded when the database answers again. Nobody sees what others have requested: keep returned items on a trolley.',
  },
};

const WHOLE_DAY = [{ opens: 0, closes: 24 * 60 }];
const MONDAY_TO_FRIDAY: Week = [WHOLE_DAY, WHOLE_DAY, WHOLE_DAY, WHOLE_DAY, WHOLE_DAY, [], []];

/** Whom the shipped procedure turns to where a network names nobody: functions, without numbers. B1: at the weekend C1. */
export const SHIPPED_CONTACTS: readonly (OutageContact & { readonly code: ShippedContact })[] = [
  {
    code: 'B1',
    name: { fr: 'Coordination', en: 'Coordination' },
    hours: MONDAY_TO_FRIDAY,
    phones: [],
    remark: BE_PRECISE,
    closed: 'offline',
  },
  { code: 'B2', name: { fr: "Centre d'assistance", en: 'Service desk' }, phones: [], remark: BE_PRECISE },
];
