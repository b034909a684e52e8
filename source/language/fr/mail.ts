import type { MailWords } from '../mail-words.ts';

export const mail: MailWords = {
  kinds: { quitus: 'Quitus', identity: "Message du service d'identité" },
  state: { queued: 'en attente', sent: 'envoyé', printed: 'imprimé', failed: 'non envoyé', cancelled: 'annulé' },
  again: (subject) => `Message renvoyé : ${subject}`,
  pair: (label, value) => `${label} : ${value}`,
  greeting: (name) => `Bonjour ${name},`,
  passwordParts: {
    length: 'huit caractères au moins',
    digit: 'un chiffre',
    'lower-case': 'une minuscule',
    'upper-case': 'une majuscule',
    special: 'un caractère spécial',
  },
  clearance: {
    title: 'QUITUS',
    subject: (number) => `Quitus n° ${number}`,
    label: {
      name: 'Nom et prénom',
      identifier: 'Numéro de lecteur',
      birthDate: 'Date de naissance',
      number: 'Quitus n°',
    },
    intro: 'Voici le quitus que vous avez demandé.',
    statement: (authority, day) =>
      authority === null
        ? `Le réseau certifie que la personne désignée ci-dessus est en règle avec l'ensemble des bibliothèques du réseau à la date du ${day}.`
        : `${authority}, au nom du réseau, certifie que la personne désignée ci-dessus est en règle avec l'ensemble des bibliothèques du réseau à la date du ${day}.`,
    scope: "Aucun document n'est en prêt à son nom et aucun litige n'est en cours.",
    dated: (place, day) => (place === null ? `Le ${day}` : `${place}, le ${day}`),
  },
  identity: {
    title: 'VOTRE MOT DE PASSE',
    subject: 'Le mot de passe de votre compte lecteur',
    intro: 'Voici votre code pour créer ou changer le mot de passe de votre compte lecteur :',
    hidden: '·····-·····',
    once: (until) => `Il sert une seule fois, jusqu'au ${until}.`,
    onceFrom: "Le code est fait à l'envoi ou à l'impression du message. Il sert une seule fois, dans les 24 heures.",
    how: (identifier) =>
      `Sur une borne de la bibliothèque, saisissez votre identifiant (${identifier}), ce code, puis le mot de passe de votre choix.`,
    rule: (parts) => `Le mot de passe doit comporter ${parts}.`,
    notYou: "Si vous n'avez rien demandé, ne tenez pas compte de ce message.",
  },
};
