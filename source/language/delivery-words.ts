/** What can be wrong between us and a mail server. */
export type MailTroubleKind =
  | 'no-host'
  | 'no-connection'
  | 'timed-out'
  | 'no-tls'
  | 'certificate'
  | 'sign-in'
  | 'no-mail-server'
  | 'unexpected';

/** What can be wrong with a house's own template of a letter. */
export type TemplateFault =
  | 'no-folder'
  | 'unknown-folder'
  | 'unreadable'
  /** It is called like no kind of letter. */
  | 'unknown-name'
  | 'no-subject'
  | 'syntax'
  | 'unknown-variable'
  | 'failed';

/** How letters leave, and what keeps them from it: each sentence says what to do. */
export type DeliveryWords = {
  readonly none: string;
  /** The setting `mail` lacks something, or has it wrong. */
  readonly wrongSetting: (key: string) => string;
  readonly openPasswordFile: (file: string) => string;
  readonly noPasswordFile: (file: string) => string;
  readonly noCaFile: (file: string) => string;
  readonly noPassword: (user: string) => string;
  readonly inClear: (host: string) => string;
  readonly training: string;
  readonly configured: (server: string) => string;
  readonly works: (server: string) => string;
  readonly trouble: Readonly<Record<MailTroubleKind, (server: string, detail: string) => string>>;
  /** Letters of these libraries come from the setting's address. */
  readonly noSender: (libraries: readonly string[], from: string) => string;
  readonly shippedTemplates: string;
  readonly ownTemplates: (count: number, folder: string) => string;
  readonly template: (problem: {
    readonly file: string;
    readonly line: number | null;
    readonly because: TemplateFault;
    readonly detail: string;
  }) => string;
  /** After what is wrong with a template. */
  readonly instead: string;
  readonly waiting: (detail: string) => string;
  readonly again: string;
};
