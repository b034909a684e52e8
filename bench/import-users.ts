// Card holders as a card system of a university network exports them (Alma user XML, v2), for the measurement of imports.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { randomFor } from './support/random.ts';
import type { Random } from './support/random.ts';

const NAMES = ['MARTIN', 'BERNARD', 'THOMAS', 'PETIT', 'ROBERT', 'RICHARD', 'DURAND', 'DUBOIS', 'MOREAU', 'LAURENT'];
const FIRST = ['Ana', 'Luc', 'Éva', 'Max', 'Zoé', 'Tom', 'Léa', 'Noé', 'Inès', 'Hugo'];
const GROUPS = ['L', 'L', 'L', 'M', 'M', 'D', 'PERS', 'PROF'];
const CAMPUSES = ['UPS', 'UT1', 'UT2J', 'INP', 'INSA'];

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => String(random.below(10))).join('');

/** Some two kilobytes: names, dates, an address, two e-mails, a phone, two identifiers. */
function userXml(number: number, random: Random): string {
  const last = `${random.oneOf(NAMES)}-${random.oneOf(NAMES)}`;
  const first = random.oneOf(FIRST);
  const campus = random.oneOf(CAMPUSES);
  const login = `${campus.toLowerCase()}.${first.toLowerCase()}.${number}`;
  const group = random.oneOf(GROUPS);
  const born = `${1960 + random.below(48)}-0${1 + random.below(9)}-1${random.below(9)}Z`;
  const external = 'segment_type="External"';
  return `  <user>
    <record_type desc="Public">PUBLIC</record_type>
    <primary_id>bench.${login}</primary_id>
    <first_name>${first}</first_name>
    <last_name>${last}</last_name>
    <user_title desc=""></user_title>
    <user_group desc="${group}">${group}</user_group>
    <campus_code desc="${campus}">${campus}</campus_code>
    <web_site_url></web_site_url>
    <preferred_language desc="French">fr</preferred_language>
    <birth_date>${born}</birth_date>
    <expiry_date>2027-10-30Z</expiry_date>
    <purge_date>2028-01-29Z</purge_date>
    <account_type desc="External">EXTERNAL</account_type>
    <status desc="Active">ACTIVE</status>
    <contact_info>
      <addresses>
        <address preferred="true" ${external}>
          <line1>${1 + random.below(300)} rue ${random.oneOf(NAMES)}</line1>
          <line2>Bâtiment ${random.oneOf(['A', 'B', 'C'])}</line2>
          <city>Toulouse</city>
          <postal_code>31${digits(random, 3)}</postal_code>
          <country desc="France">FRA</country>
          <address_types><address_type desc="Home">home</address_type></address_types>
        </address>
      </addresses>
      <emails>
        <email preferred="true" ${external}>
          <email_address>${login}@univ.example.org</email_address>
          <email_types><email_type desc="School">school</email_type></email_types>
        </email>
        <email preferred="false" ${external}>
          <email_address>${first.toLowerCase().replaceAll(/[^a-z]/g, 'e')}${number}@example.net</email_address>
          <email_types><email_type desc="Personal">personal</email_type></email_types>
        </email>
      </emails>
      <phones>
        <phone preferred="true" preferred_sms="false" ${external}>
          <phone_number>06${digits(random, 8)}</phone_number>
          <phone_types><phone_type desc="Mobile phone">mobile</phone_type></phone_types>
        </phone>
      </phones>
    </contact_info>
    <user_identifiers>
      <user_identifier ${external}><value>88${String(number).padStart(8, '0')}</value><id_type desc="UNR">UNR</id_type><status>ACTIVE</status></user_identifier>
      <user_identifier ${external}><value>BENCH${String(number).padStart(9, '0')}</value><id_type desc="Barcode">BARCODE</id_type><status>ACTIVE</status></user_identifier>
    </user_identifiers>
  </user>
`;
}

/** Writes so many card holders to a file; the same ones each time. */
export async function writeUsers(file: string, count: number): Promise<void> {
  const random = randomFor('card holders');
  const stream = createWriteStream(file);
  stream.write('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<users>\n');
  for (let number = 1; number <= count; number += 1) {
    if (!stream.write(userXml(number, random))) await once(stream, 'drain');
  }
  stream.end('</users>\n');
  await once(stream, 'close');
}
