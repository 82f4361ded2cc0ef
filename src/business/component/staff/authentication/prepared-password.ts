import { invariant } from '../../../../kernel/failure';
import type { Id } from '../../../../kernel/id';
import { passwordProblem, type PasswordProblem } from '../model/password-policy';

/**
 * A new password on its way into a use case, hashed before the unit of work begins: no connection is held while argon2
 * computes. As JSON it is a digest under a key of the server, so that neither the password nor anything by which it
 * could be guessed gets into the idempotency table or a log.
 */
export class PreparedPassword {
  readonly #text: string;
  readonly #hash: string | null;
  readonly #digest: string;

  public constructor(text: string, hash: string | null, digest: string) {
    this.#text = text;
    this.#hash = hash;
    this.#digest = digest;
  }

  /** Why it may not be the password of someone with this log-in name. */
  public problem(loginName: string): PasswordProblem | undefined {
    return passwordProblem(this.#text, loginName);
  }

  /** Only for a password without a problem. */
  public get hash(): string {
    invariant(this.#hash !== null, 'a password that breaks the policy has no hash');
    return this.#hash;
  }

  /** Whether it is the very password that was just given as the old one. */
  public sameAs(proof: PasswordProof): boolean {
    return this.#digest === proof.toJSON();
  }

  public toJSON(): string {
    return this.#digest;
  }
}

/** That a member of staff gave his password just now: the hash that it matched, or null when it did not. */
export class PasswordProof {
  readonly #hash: string | null;
  readonly #digest: string;

  public constructor(
    public readonly staffId: Id<'staff'>,
    hash: string | null,
    digest: string,
  ) {
    this.#hash = hash;
    this.#digest = digest;
  }

  public get hash(): string | null {
    return this.#hash;
  }

  public toJSON(): string {
    return this.#digest;
  }
}
