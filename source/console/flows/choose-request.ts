import type { ScanInOutcome } from '../../desk/scan-in.ts';
import { printable } from '../../language/printable.ts';
import type { Runtime } from '../runtime.ts';

/**
 * Several requests wait here for a title (SCAN-04): which one is this copy for? Its number is scanned or typed beside the
 * barcode, or it is chosen from the list. Undefined: none.
 */
export async function chooseRequest(
  runtime: Runtime,
  { item, requests }: Extract<ScanInOutcome, { kind: 'choose-request' }>,
): Promise<number | undefined> {
  const words = runtime.words().scanIn;
  const options = requests.map((one) => ({
    value: String(one.id),
    label: [one.id, printable(one.patron ?? one.card ?? ''), one.pickup, runtime.dates().short(one.placedAt)].join(
      ' · ',
    ),
  }));
  const known = (text: string): boolean => options.some((one) => one.value === text);
  const values = await runtime.askForm({
    key: 'choose-request',
    title: words.chooseRequest(printable(item.title)),
    fields: [
      {
        kind: 'choice',
        name: 'request',
        label: words.request,
        value: options[0]?.value ?? '',
        options,
        hint: words.requestHint,
      },
      {
        kind: 'text',
        name: 'number',
        label: words.requestNumber,
        value: '',
        scannable: true,
        hint: words.requestNumberHint,
      },
    ],
    check: (filled) => {
      const number = String(filled['number']);
      return number === '' || known(number)
        ? undefined
        : { field: 'number', text: words.noSuchRequest(printable(number)) };
    },
  });
  if (!values) return undefined;
  return Number(values['number'] === '' ? values['request'] : values['number']);
}
