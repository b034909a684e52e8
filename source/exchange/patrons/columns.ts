import { matchColumns } from '../column-names.ts';
import { COLUMNS } from './mapping.ts';
import type { Column, PatronMapping } from './mapping.ts';

/** Names of columns in French and in English, without accents, spaces and capitals. */
const NAMES: Readonly<Record<Column, string>> = {
  primaryId: 'primaryid primaryidentifier identifiant identifiantprincipal login uid id',
  lastName: 'lastname name nom nomdusage surname',
  firstName: 'firstname prenom',
  group: 'group usergroup groupe groupedutilisateurs groupeutilisateurs',
  campus: 'campus campuscode etablissement codecampus',
  category: 'category jobcategory categorie categoriedeposte categoriedutilisateur',
  language: 'language preferredlanguage langue languepreferee',
  birthDate: 'birthdate dateofbirth datedenaissance naissance',
  expiry: 'expiry expirydate dateexpiration datedexpiration expiration findevalidite',
  purge: 'purge purgedate datedelimination elimination datedepurge',
  status: 'status statut etat',
  unr: 'unr numerounr nunr nounr',
  card: 'card cardnumber carte numerodecarte',
  barcode: 'barcode codebarres codeabarres',
  email: 'email mail courriel emailaddress adresseemail adresseelectronique',
  email2: 'email2 mail2 courriel2',
  phone: 'phone phonenumber telephone tel',
  mobile: 'mobile mobilephone portable telephoneportable',
  address: 'address address1 addressline1 adresse adresse1 rue ligne1',
  address2: 'address2 addressline2 adresse2 ligne2 complement',
  address3: 'address3 addressline3 adresse3 ligne3',
  city: 'city town ville commune',
  postalCode: 'postalcode zip postcode codepostal cp',
  country: 'country pays',
  statistics: 'statistics statistic statistiques categoriesstatistiques',
  note: 'note notes remarque',
};

const BY_NAME = new Map(COLUMNS.flatMap((column) => NAMES[column].split(' ').map((name) => [name, column] as const)));

/** What each column of a file is, by its header; undefined: nothing that is imported. */
export const columnsOf = (header: readonly string[], { columns }: PatronMapping): (Column | undefined)[] =>
  matchColumns(header, BY_NAME, columns);
