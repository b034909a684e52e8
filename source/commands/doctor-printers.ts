import type { DeskPlace, Network } from '../circulation/network.ts';
import { createPrinter } from '../letters/index.ts';
import type { Context } from './context.ts';
import type { Finding } from './doctor-findings.ts';
import { note, ok, wrong } from './doctor-findings.ts';
import { printByMailFor } from './mail-printer.ts';

/** Milliseconds that a print system may take to say how it is. */
const PATIENCE = 4000;

type NamedDesk = { readonly name: string; readonly printer: DeskPlace['printer'] };

const desksOf = ({ libraries }: Network): NamedDesk[] =>
  libraries.flatMap((library) =>
    library.desks.map((desk) => ({ name: `${library.code}/${desk.code}`, printer: desk.printer })),
  );

/** How the printer of a desk is, looked at from this machine. `isHere`: it is meant to work here. */
async function findingOf(context: Context, desk: NamedDesk, isHere: boolean): Promise<Finding> {
  const { machine, words } = context;
  const terminal = machine.stdout.isTTY ? (): void => undefined : undefined;
  const report = await createPrinter({
    printer: desk.printer,
    terminal,
    mail: printByMailFor(context),
    env: machine.env,
    timeLimit: PATIENCE,
  }).check();
  const said = words.commands.doctor.printer(desk.name, words.letters.printed(report));
  if (report.kind === 'ready') return ok(said);
  return isHere && (report.kind === 'failed' || report.kind === 'waiting') ? wrong(said) : note(said);
}

/**
 * The printers of desks (TUI-08), without printing: that of `--desk`, which is wrong if it does not work here; else of all
 * desks that print by something of a machine's own, which may be another machine.
 */
export async function printerFindings(context: Context, network: Network | null): Promise<Finding[]> {
  const { doctor, refusal } = context.words.commands;
  if (network === null) return [note(doctor.noNetworkForPrinters)];
  const desks = desksOf(network);
  const asked = context.options.text('desk');
  if (asked !== undefined) {
    const desk = desks.find(({ name }) => name.toLowerCase() === asked.trim().toLowerCase());
    return [desk ? await findingOf(context, desk, true) : wrong(refusal.unknown.LIBRARY(asked))];
  }
  const kindOf = ({ printer }: NamedDesk) => createPrinter({ printer }).kind;
  const local = desks.filter((desk) => kindOf(desk) !== null && kindOf(desk) !== 'email');
  const byMail = desks.filter((desk) => kindOf(desk) === 'email').length;
  const findings = await Promise.all(local.map(async (desk) => findingOf(context, desk, false)));
  if (byMail > 0) findings.push(note(doctor.moreByMail(byMail)));
  return findings.length > 0 ? findings : [note(doctor.noPrinters)];
}
