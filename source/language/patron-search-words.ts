/** The advanced search of patrons (PAT-02). Names from data come in already printable. */
export type PatronSearchWords = {
  readonly patronSearch: {
    readonly form: string;
    readonly name: string;
    readonly firstName: string;
    readonly nameHint: string;
    readonly identifier: string;
    readonly identifierHint: string;
    readonly email: string;
    readonly emailHint: string;
    readonly birthDay: string;
    readonly birthDayHint: string;
    readonly badDay: string;
    readonly group: string;
    readonly campus: string;
    readonly status: string;
    readonly any: string;
    readonly active: string;
    readonly inactive: string;
    readonly nothingAsked: string;
    readonly head: (total: number) => string;
    readonly hint: (edit: string) => string;
    readonly none: (edit: string) => string;
  };
};
