import { Extensions, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import {
  IMPORT_REFUSALS, IMPORT_STATES, paceOf, type ImportJob, type ImportReject, type ImportState, type ImportedCharges,
} from '../../../../business/process/party-import'; // prettier-ignore
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import type { Language } from '../../../../kernel/result';
import { connectionType } from '../../server/connection';
import { enumOf } from '../../server/enum';
import { MoneyType } from '../../server/money.type';
import { FEW_ERRORS, userErrorType, type UserErrorOf } from '../../server/mutation';
import { Node } from '../../server/node-id';
import { DateTimeScalar } from '../../server/scalar';

export const ImportStateEnum = enumOf('ImportState', IMPORT_STATES, {
  description: '导入状态',
  meanings: {
    WAITING: { zh: '等待', en: 'A worker has not taken it up yet.' },
    RUNNING: { zh: '进行中', en: 'A worker is at it.' },
    STOPPED: { zh: '已停止', en: 'Stopped; it can go on from there.' },
    COMPLETED: { zh: '已完成', en: 'Every row has been read.' },
    FAILED: { zh: '失败', en: 'Given up; `failureCode` says why.' },
  },
});

@ObjectType('ImportReject', { simpleResolvers: true, description: 'A row that was not imported 被拒行, and why.' })
export class ImportRejectType {
  public constructor(
    public readonly value: ImportReject,
    private readonly language: Language,
  ) {}

  @Field(() => Int, { description: 'From 1; the head of the file is not counted.' })
  public get row(): number {
    return this.value.row;
  }
  @Field(() => Int, { description: 'The line of the file on which the row begins, from 1.' })
  public get line(): number {
    return this.value.line;
  }
  @Field(() => String, { nullable: true })
  public get rowKey(): string | null {
    return this.value.rowKey;
  }
  @Field(() => String, { nullable: true, description: 'The column, or the part of the mapping; null when the whole row is to blame.' })
  public get field(): string | null {
    return this.value.field;
  }
  @Field(() => String)
  public get code(): string {
    return this.value.code;
  }
  @Field(() => String, { description: 'In the language of `Accept-Language`.' })
  public get message(): string {
    return this.value.message[this.language];
  }
  @Field(() => [String], { description: 'What else is wrong with the row, each as `field CODE`.' })
  public get further(): readonly string[] {
    return this.value.further;
  }
}

@ObjectType('ImportedCharges', {
  simpleResolvers: true,
  description: 'What the rows of an import say that is paid a month, beside the list prices of what they hold 月费比对.',
})
export class ImportedChargesType {
  public constructor(private readonly value: ImportedCharges) {}

  @Field(() => Int, { description: 'Rows that say so; the amounts are theirs alone.' })
  public get rows(): number {
    return this.value.rows;
  }
  @Field(() => MoneyType, { description: 'What they say together.' })
  public get charged(): MoneyType {
    return new MoneyType(this.value.charged);
  }
  @Field(() => MoneyType, { description: 'What their products cost a month by the list 目录价.' })
  public get list(): MoneyType {
    return new MoneyType(this.value.list);
  }
  @Field(() => Int, { description: 'Rows that say something else than the list.' })
  public get differingRows(): number {
    return this.value.differingRows;
  }
}

@ObjectType('ImportJob', { implements: Node, simpleResolvers: true, description: 'The import of a file of parties 导入任务.' })
export class ImportJobType {
  public constructor(public readonly value: ImportJob) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('importJob', this.value.id);
  }
  @Field(() => String)
  public get fileName(): string {
    return this.value.fileName;
  }
  @Field(() => String, { description: 'SHA-256 of the file, in hexadecimal.' })
  public get fileDigest(): string {
    return this.value.fileDigest;
  }
  @Field(() => ImportStateEnum)
  public get state(): ImportState {
    return this.value.state;
  }
  @Field(() => String, { nullable: true, description: 'Why it failed; null unless it did.' })
  public get failureCode(): string | null {
    return this.value.failureCode;
  }
  @Field(() => Int, { description: 'How much of the file has been imported, in percent.' })
  public get percent(): number {
    const { position, fileBytes, state } = this.value;
    return state === 'COMPLETED' || fileBytes === 0 ? 100 : Math.floor((100 * position.bytes) / fileBytes);
  }
  @Field(() => Int, { description: 'Rows read so far.' })
  public get rows(): number {
    return this.value.position.row;
  }
  @Field(() => Int)
  public get customers(): number {
    return this.value.customers;
  }
  @Field(() => Int)
  public get accounts(): number {
    return this.value.accounts;
  }
  @Field(() => Int)
  public get subscribers(): number {
    return this.value.subscribers;
  }
  @Field(() => Int, {
    description: 'Instances of products that the subscribers hold 用户产品; each leads to an order of the kind MIGRATE.',
  })
  public get products(): number {
    return this.value.products;
  }
  @Field(() => ImportedChargesType, { nullable: true, description: 'Null where no row says what is paid.' })
  public get charges(): ImportedChargesType | null {
    const { charges } = this.value;
    return charges === null ? null : new ImportedChargesType(charges);
  }
  @Field(() => Int, { description: 'Rows that an earlier import brought, with the same content.' })
  public get skippedRows(): number {
    return this.value.skippedRows;
  }
  @Field(() => Int)
  public get rejectedRows(): number {
    return this.value.rejectedRows;
  }
  @Field(() => DateTimeScalar)
  public get createdAt(): Instant {
    return this.value.createdAt;
  }
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was begun first; null before.' })
  public get startedAt(): Instant | null {
    return this.value.startedAt;
  }
  @Field(() => Float, { nullable: true, description: 'In the run under way, or the last one; null before its first batch.' })
  public get rowsPerSecond(): number | null {
    return paceOf(this.value).rowsPerSecond;
  }
  @Field(() => Int, {
    nullable: true,
    description: 'How long the rest of the file takes at the pace of this run; null unless it is RUNNING.',
  })
  public get secondsLeft(): number | null {
    return paceOf(this.value).secondsLeft;
  }
  @Field(() => DateTimeScalar, { nullable: true })
  public get endedAt(): Instant | null {
    return this.value.endedAt;
  }
}

export const ImportJobConnection = connectionType('ImportJob', () => ImportJobType);
export const ImportRejectConnection = connectionType('ImportReject', () => ImportRejectType);
export const ImportUserError = userErrorType('Import', IMPORT_REFUSALS);

@ObjectType({ simpleResolvers: true, description: 'The import as it is now.' })
export class ImportPayload {
  @Field(() => ImportJobType, { nullable: true, description: 'Null when refused.' })
  public importJob?: ImportJobType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [ImportUserError])
  public userErrors!: UserErrorOf<string>[];
}
