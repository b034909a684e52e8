import type { MailWords } from '../mail-words.ts';

export const mail: MailWords = {
  kinds: { quitus: 'Clearance', identity: 'Identity message' },
  state: { queued: 'waiting', sent: 'sent', printed: 'printed', failed: 'not sent', cancelled: 'cancelled' },
  again: (subject) => `Sent again: ${subject}`,
  pair: (label, value) => `${label}: ${value}`,
  greeting: (name) => `Dear ${name},`,
  passwordParts: {
    length: 'eight characters or more',
    digit: 'a digit',
    'lower-case': 'a lower-case letter',
    'upper-case': 'an upper-case letter',
    special: 'a special character',
  },
  clearance: {
    title: 'LIBRARY CLEARANCE',
    subject: (number) => `Library clearance no. ${number}`,
    label: { name: 'Name', identifier: 'Library number', birthDate: 'Date of birth', number: 'Clearance no.' },
    intro: 'Here is the clearance that you asked for.',
    statement: (authority, day) =>
      authority === null
        ? `The network certifies that the person named above has settled everything with all libraries of the network as of ${day}.`
        : `${authority}, on behalf of the network, certifies that the person named above has settled everything with all libraries of the network as of ${day}.`,
    scope: 'Nothing is on loan to them and no dispute is open.',
    dated: (place, day) => (place === null ? day : `${place}, ${day}`),
  },
  identity: {
    title: 'YOUR PASSWORD',
    subject: 'The password of your library account',
    intro: 'Here is your code to set or change the password of your library account:',
    hidden: '·····-·····',
    once: (until) => `It works once, until ${until}.`,
    onceFrom: 'The code is made when the message is sent or printed. It works once, within 24 hours.',
    how: (identifier) =>
      `At a terminal of the library, enter your identifier (${identifier}), this code, then the password of your choice.`,
    rule: (parts) => `The password must have ${parts}.`,
    notYou: 'If you have not asked for this, ignore this message.',
  },
};
