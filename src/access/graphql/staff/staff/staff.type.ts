import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import {
  STAFF_REFUSALS, STAFF_STATUSES,
  type Session, type Staff, type StaffGrant, type StaffStatus,
} from '../../../../business/component/staff'; // prettier-ignore
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import { connectionType } from '../../server/connection';
import { enumOf } from '../../server/enum';
import { FEW_ERRORS, userErrorType, type UserErrorOf } from '../../server/mutation';
import { Node } from '../../server/node-id';
import { DateTimeScalar } from '../../server/scalar';

export const StaffStatusEnum = enumOf('StaffStatus', STAFF_STATUSES, {
  description: 'Whether a member of staff may log in.',
  meanings: { ACTIVE: { zh: '在用', en: 'May log in.' }, DISABLED: { zh: '停用', en: 'May not; the grants stay, and sleep.' } },
});

@ObjectType('Staff', {
  implements: Node,
  simpleResolvers: true,
  description: 'A member of staff 员工, at the organisation node that manages him.',
})
export class StaffType {
  public constructor(public readonly value: Staff) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('staff', this.value.id);
  }
  @Field(() => String, { description: 'What is typed to log in 登录名; it never changes.' })
  public get loginName(): string {
    return this.value.loginName;
  }
  @Field(() => String)
  public get name(): string {
    return this.value.name;
  }
  @Field(() => String, { nullable: true })
  public get nameEn(): string | null {
    return this.value.nameEn;
  }
  @Field(() => StaffStatusEnum)
  public get status(): StaffStatus {
    return this.value.status;
  }
  @Field(() => Boolean, { description: 'Whether there is a password to log in with; what it is, nobody can read.' })
  public get hasPassword(): boolean {
    return this.value.hasPassword;
  }
  @Field(() => String, { nullable: true, description: 'The outside issuer by which one may log in (OpenID Connect).' })
  public get oidcIssuer(): string | null {
    return this.value.oidcIssuer;
  }
  @Field(() => String, { nullable: true, description: 'The name that the outside issuer has for the same person.' })
  public get oidcSubject(): string | null {
    return this.value.oidcSubject;
  }
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when too many wrong passwords keep one from logging in with a password.',
  })
  public get lockedUntil(): Instant | null {
    return this.value.lockedUntil;
  }
  @Field(() => Int, { description: 'Give it as `expectedVersion` with a change.' })
  public get version(): number {
    return this.value.version;
  }
  @Field(() => DateTimeScalar)
  public get createdAt(): Instant {
    return this.value.createdAt;
  }
}

@ObjectType('StaffGrant', { simpleResolvers: true, description: 'A role that a member of staff has 授权 at a node and below it.' })
export class StaffGrantType {
  public constructor(public readonly value: StaffGrant) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('grant', this.value.id);
  }
  @Field(() => [String], { nullable: true, description: 'Codes of service types; null: every one, those to come included.' })
  public get linesOfBusiness(): readonly string[] | null {
    return this.value.linesOfBusiness;
  }
  @Field(() => DateTimeScalar)
  public get grantedAt(): Instant {
    return this.value.grantedAt;
  }
}

@ObjectType('Session', { simpleResolvers: true, description: 'A log-in that is still good 登录会话.' })
export class SessionType {
  public constructor(public readonly value: Session) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('session', this.value.id);
  }
  @Field(() => String, { nullable: true, description: 'The network address that it came from.' })
  public get address(): string | null {
    return this.value.address;
  }
  @Field(() => DateTimeScalar)
  public get createdAt(): Instant {
    return this.value.createdAt;
  }
  @Field(() => DateTimeScalar)
  public get expiresAt(): Instant {
    return this.value.expiresAt;
  }
}

export const StaffConnection = connectionType('Staff', () => StaffType);
export const StaffUserError = userErrorType('Staff', STAFF_REFUSALS);

@ObjectType({ simpleResolvers: true, description: 'The member of staff as he is now.' })
export class StaffPayload {
  @Field(() => StaffType, { nullable: true, description: 'Null when refused, or when the caller may not see him.' })
  public staff?: StaffType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [StaffUserError])
  public userErrors!: UserErrorOf<string>[];
}

@ObjectType({ simpleResolvers: true, description: 'The member of staff as he is now, with the new grant.' })
export class GrantRolePayload extends StaffPayload {
  @Field(() => ID, { nullable: true, description: 'Of the new `StaffGrant`; null when refused.' })
  public grantId?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The member of staff as he is now, with what became of his log-ins.' })
export class EndedSessionsPayload extends StaffPayload {
  @Field(() => Int, { nullable: true, description: 'How many log-ins ended; null when refused.' })
  public sessionsEnded?: number | null;
}
