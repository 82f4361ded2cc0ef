import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Fulfilment 开通: what the network is told for an order, and how far that has come.
 *
 * On a running system: creates tables only, locks nothing that exists but for the foreign keys' moment.
 */
export class Fulfilment0016 implements MigrationInterface {
  public readonly name = 'Fulfilment1700000000016';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(FULFILMENT);
  }

  public async down(): Promise<void> {
    throw new Error('What the network was told is not taken back: restore a backup.');
  }
}

const FULFILMENT = `
-- An order whose items a workflow carries out, since the network has to be told. Written with the order itself: hence the deferred keys.
CREATE TABLE fulfilment (
  order_id   uuid PRIMARY KEY REFERENCES product_order DEFERRABLE INITIALLY DEFERRED,
  -- Which run of the workflow has it in hand. Each ends where it has to wait, and the next goes on.
  round      integer NOT NULL DEFAULT 1 CHECK (round >= 1),
  -- Why it is being taken back; null while it goes forward.
  failure    jsonb,
  created_at timestamptz NOT NULL,
  ended_at   timestamptz
);
CREATE INDEX fulfilment_open ON fulfilment (created_at) WHERE ended_at IS NULL;

-- What the network is told for one item, how that is undone, and what is known of it.
CREATE TABLE network_step (
  order_id     uuid NOT NULL REFERENCES fulfilment,
  item_no      integer NOT NULL,
  adapter      text COLLATE "C" NOT NULL REFERENCES provisioning_adapter (code),
  command      jsonb NOT NULL,
  undo         jsonb NOT NULL,
  state        text NOT NULL CHECK (state IN ('TO_DO', 'UNSURE', 'ASKED', 'DONE', 'REFUSED', 'NOT_DONE', 'UNDOING', 'UNDO_REFUSED', 'UNDO_ASKED', 'UNDONE')),
  -- What was said last, of a step that is not done: a code of the element, or why nothing is known.
  reason       text,
  -- The element's own number for it.
  reference    text,
  -- Answers since its state is what it is that settled nothing.
  tries        integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
  -- Since when it is told without being known what became of it.
  unsure_since timestamptz,
  changed_at   timestamptz NOT NULL,
  PRIMARY KEY (order_id, item_no),
  FOREIGN KEY (order_id, item_no) REFERENCES order_item DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX network_step_adapter ON network_step (adapter);
CREATE INDEX network_step_unsettled ON network_step (changed_at) WHERE state IN ('UNSURE', 'ASKED', 'UNDOING', 'UNDO_REFUSED', 'UNDO_ASKED');
`;
