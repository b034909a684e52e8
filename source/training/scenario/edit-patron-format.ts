import { z } from 'zod';
import { day, strictMap } from '../../exchange/network-file/schema-parts.ts';
import { text } from './format-parts.ts';

/** One of something, or several. */
const oneOrSeveral = <Shape extends z.ZodType>(shape: Shape) =>
  z.union([shape, z.array(shape)]).transform((given): z.output<Shape>[] => (Array.isArray(given) ? given : [given]));

/** An e-mail address or a phone number: by itself, or with its type. */
const reached = z.union([
  text.transform((value): { value: string; type?: string; preferred?: boolean } => ({ value })),
  strictMap({ value: text, type: text.exactOptional(), preferred: z.boolean().exactOptional() }),
]);

/** A postal address: its lines in one text, or with the rest of it. */
const address = z.union([
  text.transform(
    (
      value,
    ): {
      value: string;
      type?: string;
      city?: string;
      postalCode?: string;
      country?: string;
      preferred?: boolean;
    } => ({ value }),
  ),
  strictMap({
    value: text,
    type: text.exactOptional(),
    city: text.exactOptional(),
    postalCode: text.exactOptional(),
    country: text.exactOptional(),
    preferred: z.boolean().exactOptional(),
  }),
]);

const identifier = strictMap({ type: text, value: text, external: z.boolean().exactOptional() });

/** What else the people of a scene may have; of an external record it comes from the card system. */
export const sceneContacts = {
  phone: oneOrSeveral(reached).exactOptional(),
  address: oneOrSeveral(address).exactOptional(),
  category: text.exactOptional(),
  statistics: z.array(text).exactOptional(),
};

/**
 * `edit-patron` (spec 8): the fields of `patrons`, and what a record's other tabs can do. `null`: none. An e-mail address,
 * phone number or address becomes the preferred one of its kind; where it stands in the place of a locked one, as a copy.
 */
export const editPatronShape = strictMap({
  patron: text,
  name: text.exactOptional(),
  firstName: z.union([text, z.literal('')]).exactOptional(),
  birthDate: day.nullable().exactOptional(),
  group: text.nullable().exactOptional(),
  campus: text.nullable().exactOptional(),
  language: text.exactOptional(),
  category: text.nullable().exactOptional(),
  expiry: day.nullable().exactOptional(),
  purge: z
    .union([z.literal('keep'), day])
    .nullable()
    .exactOptional(),
  status: z.enum(['active', 'inactive']).exactOptional(),
  /** The primary identifier. */
  id: text.exactOptional(),
  statistics: z.array(text).exactOptional(),
  email: oneOrSeveral(reached).exactOptional(),
  phone: oneOrSeveral(reached).exactOptional(),
  address: oneOrSeveral(address).exactOptional(),
  identifiers: oneOrSeveral(identifier).exactOptional(),
  /** Opened for update before anything is changed (USR-08); `false`: closed when all is done. Both names will do. */
  open: z.boolean().exactOptional(),
  openForUpdate: z.boolean().exactOptional(),
  protectGroup: z.boolean().exactOptional(),
  verified: z.literal(true).exactOptional(),
  recompute: z.boolean().exactOptional(),
});
export type EditPatronFields = z.output<typeof editPatronShape>;
