export * from './facts.ts';
export { languageOfPatron, paperFor } from './paper.ts';
export type { Paper, PaperColumns } from './paper.ts';
export { activityReport, loanReceipt, requestsReport, returnReceipt } from './receipts.ts';
export { holdSlip, instructionSlip, itemSlip, pickSlip, transitSlip, workOrderSlip } from './slips.ts';
export { listOnPaper } from './list.ts';
export { createPrinter } from './printers/printer.ts';
export type { Printer, PrinterOptions } from './printers/printer.ts';
export type { PrintJob } from './printers/job.ts';
