import type { Network } from '../circulation/network.ts';
import { createMailer, loadTemplates } from '../letters/index.ts';
import type { Context } from './context.ts';
import type { Finding } from './doctor-findings.ts';
import { note, ok, wrong } from './doctor-findings.ts';
import { mailSetting, serverName, templatesFolder } from './mail-setting.ts';

/** Milliseconds that a mail server may take to answer while somebody looks on. */
const PATIENCE = { connect: 10_000, answer: 15_000 };

/** The configured mail server; with `--mail` it is tried: connection, its security, the account. Nothing is sent. */
async function serverFindings(context: Context, network: Network | null): Promise<Finding[]> {
  const say = context.words.delivery;
  const setting = mailSetting(context);
  if (setting === null) return [context.options.has('mail') ? wrong(say.none) : note(say.none)];
  if ('wrong' in setting) return [wrong(setting.wrong)];
  const { server } = setting;
  const bare = (network?.libraries ?? []).filter(({ notices }) => notices.sender === undefined).map(({ code }) => code);
  const senders = bare.length > 0 && network?.noReply === undefined ? [note(say.noSender(bare, server.from))] : [];
  const name = serverName(server);
  if (!context.options.has('mail')) return [ok(say.configured(name)), ...senders];
  const mailer = await createMailer({ ...server, timeouts: PATIENCE });
  try {
    const trouble = await mailer.verify();
    return [trouble ? wrong(say.trouble[trouble.because](name, trouble.detail)) : ok(say.works(name)), ...senders];
  } finally {
    mailer.close();
  }
}

/** The templates of letters (LET-02): each of the house's own is filled in with sample letters. */
async function templateFindings(context: Context, network: Network | null): Promise<Finding[]> {
  const say = context.words.delivery;
  const folder = templatesFolder(context);
  const libraries = network?.libraries.map(({ code }) => code) ?? null;
  const { problems, own } = await loadTemplates({ folder, libraries });
  const found = problems.map((one) => wrong(`${say.template(one)}; ${say.instead}`));
  if (folder === undefined) return [note(say.shippedTemplates)];
  return problems.some(({ because }) => because === 'no-folder')
    ? found
    : [ok(say.ownTemplates(own, folder)), ...found];
}

/** What `doctor` says of letters: the server that they leave by, and what they are written with. */
export async function mailFindings(context: Context, network: Network | null): Promise<Finding[]> {
  return [...(await serverFindings(context, network)), ...(await templateFindings(context, network))];
}
