import type { JobWork } from '../jobs/job.ts';
import type { LetterTemplates, TemplateProblem } from '../letters/index.ts';
import type { Context } from './context.ts';
import type { Opened } from './database.ts';
import { mailSetting, serverName, templatesFolder } from './mail-setting.ts';

/**
 * What sends letters from this machine (LET-05), for the list of jobs; null: no mail server is set, it is set wrong (that is
 * told), or this is a training copy, whose people are not written to. Nothing is loaded before it first runs. A template
 * that is broken is told then, before any letter leaves; the next one is taken instead (LET-02). `tell`: where that is told.
 */
export function sendLettersFor(
  context: Context,
  opened: Pick<Opened, 'training'>,
  tell: (sentence: string) => void,
): ((on: JobWork) => Promise<void>) | null {
  if (opened.training) return null;
  const say = context.words.delivery;
  const setting = mailSetting(context);
  if (setting === null) return null;
  if ('wrong' in setting) {
    tell(setting.wrong);
    return null;
  }
  const { server } = setting;
  const tellTemplate = (problem: TemplateProblem): void => {
    tell(`${say.template(problem)}; ${say.instead}`);
  };
  let templates: Promise<LetterTemplates> | undefined;
  let trouble = '';
  return async (on) => {
    const [{ createMailer, loadTemplates }, { sendLetters }, { attachmentsFor }] = await Promise.all([
      import('../letters/index.ts'),
      import('../jobs/send-letters.ts'),
      import('./upload-attachment.ts'),
    ]);
    const libraries = on.network.libraries.map(({ code }) => code);
    if (!templates) {
      templates = loadTemplates({ folder: templatesFolder(context), libraries, onProblem: tellTemplate });
      for (const problem of (await templates).problems) tellTemplate(problem);
    }
    const mailer = await createMailer(server);
    try {
      await sendLetters(on, {
        mailer,
        templates: await templates,
        attach: attachmentsFor(on),
        // Told when it changes: the job runs every minute.
        onTrouble: (found) => {
          const now = found === null ? '' : say.trouble[found.because](serverName(server), found.detail);
          if (now !== trouble) tell(now === '' ? say.again : say.waiting(now));
          trouble = now;
        },
      });
    } finally {
      mailer.close();
    }
  };
}
