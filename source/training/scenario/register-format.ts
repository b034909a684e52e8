import { z } from 'zod';
import { strictMap } from '../../exchange/network-file/schema-parts.ts';
import { text } from './format-parts.ts';

/** One of something, or several; nothing is none. */
const several = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .union([shape, z.array(shape)])
    .nullable()
    .transform((given): z.output<Shape>[] => {
      if (given === null) return [];
      return Array.isArray(given) ? given : [given];
    });

type Reached = { value?: string; type?: string; preferred?: boolean };
const contact = (own: string) =>
  z.union([
    text.transform((value): Reached => ({ value })),
    strictMap({
      value: text.exactOptional(),
      [own]: text.exactOptional(),
      type: text.exactOptional(),
      preferred: z.boolean().exactOptional(),
    }).transform((given): Reached => {
      const { value, type, preferred, [own]: other } = given as Reached & Record<string, string | undefined>;
      const said = value ?? other;
      return {
        ...(said === undefined ? {} : { value: said }),
        ...(type === undefined ? {} : { type }),
        ...(preferred === undefined ? {} : { preferred }),
      };
    }),
  ]);

type Postal = Reached & { city?: string; postalCode?: string; country?: string };

/** A postal address: in one text, as its lines, or line by line with the rest of it. */
const address = z.union([
  text.transform((value): Postal => ({ value })),
  strictMap({
    value: text.exactOptional(),
    lines: z.array(text).exactOptional(),
    line1: text.exactOptional(),
    line2: text.exactOptional(),
    line3: text.exactOptional(),
    type: text.exactOptional(),
    city: text.exactOptional(),
    postalCode: text.exactOptional(),
    country: text.exactOptional(),
    preferred: z.boolean().exactOptional(),
  }).transform(({ value, lines = [], line1, line2, line3, ...rest }): Postal => {
    const all = [value, ...lines, line1, line2, line3].filter((one) => one !== undefined);
    return { value: all.join('\n'), ...rest };
  }),
]);

const name = z.union([text, z.literal('')]);
/** A day; what is none is the desk's affair, which says so. */
const day = text.nullable();

/**
 * `register` (spec 8): `profile`, and the fields of `patrons`. The identifier may be called what it is; what is left out is as
 * the profile proposes it. `despite`: the likely duplicates are somebody else; so say its other names. `patron`: a record that registers again
 * (USR-12), or whose pre-registration is finished (USR-13).
 */
export const registerShape = strictMap({
  profile: text.transform((written) => written.toUpperCase()).exactOptional(),
  patron: text.exactOptional(),
  name: name.exactOptional(),
  lastName: name.exactOptional(),
  firstName: name.exactOptional(),
  birthDate: day.exactOptional(),
  birthDay: day.exactOptional(),
  id: name.exactOptional(),
  identifier: name.exactOptional(),
  card: name.exactOptional(),
  unr: name.exactOptional(),
  barcode: name.exactOptional(),
  identifiers: several(strictMap({ type: text, value: text })).exactOptional(),
  group: name.nullable().exactOptional(),
  campus: name.nullable().exactOptional(),
  language: text.exactOptional(),
  expiry: day.exactOptional(),
  purge: day.exactOptional(),
  email: several(contact('address')).exactOptional(),
  emails: several(contact('address')).exactOptional(),
  /** The box *alternative*; both names will do. */
  noEmail: z.boolean().exactOptional(),
  alternative: z.boolean().exactOptional(),
  phone: several(contact('number')).exactOptional(),
  phones: several(contact('number')).exactOptional(),
  address: several(address).exactOptional(),
  addresses: several(address).exactOptional(),
  category: name.nullable().exactOptional(),
  statistic: several(text).exactOptional(),
  statistics: several(text).exactOptional(),
  despite: z.union([z.boolean(), z.literal('all'), z.array(text)]).exactOptional(),
  confirm: z.boolean().exactOptional(),
  force: z.boolean().exactOptional(),
  acceptDuplicates: z.boolean().exactOptional(),
});
export type RegisterFields = z.output<typeof registerShape>;
