import { z } from 'zod';

/** What a file can give a handle to. */
export const HANDLE_KINDS = [
  'organisation', 'staff', 'taxCategory', 'chargeCode', 'numberClass', 'numberPool', 'customer', 'account', 'subscriber', 'product', 'discount',
  'quotation', 'order', 'bundleInstance',
] as const; // prettier-ignore
export type HandleKind = (typeof HANDLE_KINDS)[number];

/** The operator's own node, in every file. */
export const OPERATOR_HANDLE = 'operator';

/** Says that there is nobody: no parent, no manager, no cap. It is therefore no handle. */
export const NONE = 'none';

const HANDLE = /^[\p{L}][\p{L}\p{N}._-]{0,59}$/u;

/** A name that stands for something in a file: an existing thing, or one that the step brings. */
export class Handle<Kind extends HandleKind = HandleKind> {
  public constructor(
    public readonly kind: Kind,
    public readonly name: string,
    public readonly isNew: boolean,
  ) {}
}

/** Something that an earlier line of the file has named. */
export function handle<Kind extends HandleKind>(kind: Kind): z.ZodType<Handle<Kind>> {
  return handleOf(kind, false);
}

/** The name of something that this step brings. */
export function newHandle<Kind extends HandleKind>(kind: Kind): z.ZodType<Handle<Kind>> {
  return handleOf(kind, true);
}

function handleOf<Kind extends HandleKind>(kind: Kind, isNew: boolean): z.ZodType<Handle<Kind>> {
  return z.string({ error: `the handle of ${articleOf(kind)} is needed here` }).transform((name, context): Handle<Kind> => {
    const wrong = whyNoHandle(name);
    if (wrong !== undefined) context.addIssue({ code: 'custom', message: wrong });
    return new Handle(kind, name, isNew);
  });
}

/** Why a text can name nothing; undefined when it can. */
export function whyNoHandle(name: string): string | undefined {
  if (name === NONE) return `"${NONE}" means nobody, and cannot be a handle`;
  if (name.startsWith('@')) return `a handle is written without @: ${name.slice(1)}`;
  return HANDLE.test(name) ? undefined : 'a handle begins with a letter and has at most 60 letters, digits, dots, hyphens and underscores';
}

export function articleOf(kind: string): string {
  if (kind === 'staff') return 'a member of staff';
  const words = kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return /^[aeio]/.test(words) ? `an ${words}` : `a ${words}`;
}

/** The code of something in the catalogue: its handle in capitals, by which documents name it. */
export function codeOf({ name }: Handle): string {
  return name.toUpperCase();
}

/** Where something is managed: at the operator itself, unless the step says where. */
export const managedAt = handle('organisation').default(new Handle('organisation', OPERATOR_HANDLE, false));
