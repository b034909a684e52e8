/** What an e-mail address is; `alternative`: the network's placeholder for somebody who has none (USR-03). */
export const EMAIL_TYPES = ['personal', 'work', 'school', 'alternative'] as const;
export const PHONE_TYPES = ['mobile', 'home', 'work'] as const;
export const ADDRESS_TYPES = ['home', 'work', 'school', 'alternative'] as const;
export const CONTACT_KINDS = ['email', 'phone', 'address'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** A way to reach a patron. The preferred one of its kind is written to (manual X.2.2.3). */
export type ContactContent = {
  readonly kind: ContactKind;
  /** One of the types of its kind; null: not said. */
  readonly type: string | null;
  /** The address, the number; of a postal address its lines, one below the other. */
  readonly value: string;
  readonly city: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
  readonly preferred: boolean;
};

/** The types that contacts of a kind may have. */
export function typesOf(kind: ContactKind): readonly string[] {
  if (kind === 'email') return EMAIL_TYPES;
  return kind === 'phone' ? PHONE_TYPES : ADDRESS_TYPES;
}
