import { type EngineName, engineOf } from '../node/engine.ts';
import { sheetCard, sheetHead, sheetTail } from '../report/sheet.ts';
import { thumbnail } from '../report/thumbnail.ts';
import type { CliContext } from './context.ts';
import { adviceOf, outcomeOf, reasonOf } from './format.ts';
import { openOutput } from './output.ts';
import type { Row } from './run.ts';
import type { Sink } from './sink.ts';
import { visible } from './visible.ts';

/**
 * Begins a contact sheet, which is written picture by picture.
 *
 * @param path undefined for standard output
 * @throws DetectError `file.unwritable`
 */
export async function openReport(context: CliContext, path: string | undefined): Promise<Sink> {
  const engine = engineOf(context.env);
  const output = await openOutput(context, path);
  await output.write(sheetHead(context.language));
  return {
    async add(row) {
      const entry = {
        file: visible(row.file),
        outcome: outcomeOf(row),
        reason: reasonOf(row),
        advice: visible(adviceOf(row, context)),
        inspection: row.inspection ?? null,
        thumbnail: await thumbnailOf(row, engine),
      };
      await output.write(sheetCard(entry, context.language));
    },
    async close() {
      await output.write(sheetTail());
      await output.close();
    },
  };
}

async function thumbnailOf(
  { inspection, bytes }: Row,
  engine: EngineName | undefined,
): Promise<string | null> {
  if (!inspection || !bytes) return null;
  // A picture that was inspected can be decoded; where memory does not suffice, the card has to do without.
  return thumbnail(bytes, inspection.image, engine).catch(() => null);
}
