import { ArgsType, Field, Int } from 'type-graphql';
import { Failure } from '../../../kernel/failure';
import { decodeCursor, encodeCursor, PAGE_SIZE_MAX, type Page, type PageRequest } from '../../../kernel/page';

/** The arguments of every connection. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { description: `How many, 1 to ${PAGE_SIZE_MAX}. Counts towards the cost of the request.` })
  public first!: number;

  @Field(() => String, { nullable: true, description: '`pageInfo.endCursor` of the page before.' })
  public after?: string | null;
}

/**
 * Reads page arguments whose cursor has `parts` parts.
 * @throws Failure BAD_USER_INPUT
 */
export function pageOf({ first, after }: PageArgs, parts = 1): PageRequest {
  if (first < 1 || first > PAGE_SIZE_MAX) throw new Failure('BAD_USER_INPUT', `first must lie between 1 and ${PAGE_SIZE_MAX}.`);
  if (after === undefined || after === null) return { first, after: null };
  const cursor = decodeCursor(after, parts);
  if (cursor === undefined) throw new Failure('BAD_USER_INPUT', 'after is not a cursor of this connection.');
  return { first, after: cursor };
}

/** The page of one parent, read through a loader: equal arguments share one statement. */
export function pageKey({ first, after }: PageRequest): string {
  return `${first} ${after === null ? '' : encodeCursor(after)}`;
}

export type { Page };
