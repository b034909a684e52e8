/** What can be wrong between us and an institution's directory. */
export type DirectoryFault =
  | 'no-host'
  | 'no-connection'
  | 'timed-out'
  | 'certificate'
  | 'no-tls'
  | 'no-ca'
  | 'no-password'
  | 'account'
  | 'no-base'
  | 'no-directory';

/** What `guichet doctor` says of the directories in which members of institutions have their passwords (KIO-02). */
export type DirectoryWords = {
  readonly answers: (institution: string, address: string) => string;
  readonly training: (institutions: number) => string;
  /** The address is one of those that are kept for examples. */
  readonly example: (institution: string, address: string) => string;
  /** `variable`: of the environment, that may hold the password of the account that searches. */
  readonly trouble: Readonly<
    Record<
      DirectoryFault,
      (institution: string, facts: { readonly detail: string; readonly variable: string }) => string
    >
  >;
  readonly wrongSetting: string;
  readonly noPasswordFile: (institution: string, file: string) => string;
  readonly openPasswordFile: (institution: string, file: string) => string;
};
