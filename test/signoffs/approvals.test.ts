// Who has to countersign, and whether they did.
import assert from 'node:assert/strict';
import {
  type Approval,
  DEFAULT_REQUIREMENTS,
  missingReview,
  type Proof,
  type Requirements,
} from '../../server/src/signoffs/approvals';
import { named, signOff } from './made';

const PROVEN: Proof = { kind: 'proven', by: 'a key' };
const UNPROVEN: Proof = { kind: 'unproven', reason: 'it has no signature' };
const REFUTED: Proof = { kind: 'refuted', reason: 'its signature is of another text' };

function by(who: string, proof: Proof = UNPROVEN): Approval {
  const reviewer = { name: who, email: `${who}@example.org` };
  return { named: named(signOff(['x'], { start: 0, end: 1 }, { reviewer })), proof };
}

function missing(approvals: readonly Approval[], more: Partial<Requirements> = {}, authors: string[] = []) {
  const isTool = (address: string) => address.startsWith('robot@');
  return missingReview(approvals, { ...DEFAULT_REQUIREMENTS, ...more }, new Set(authors), isTool);
}

describe('sign-offs', () => {
  it('are enough when somebody made one, unless more is asked for', () => {
    assert.equal(missing([]), 'nobody has countersigned it');
    assert.equal(missing([by('ann')]), undefined);
    assert.equal(missing([], { approvals: 0 }), undefined);
  });

  it('count once for each person', () => {
    assert.equal(missing([by('ann'), by('Ann')], { approvals: 2 }), '1 of 2 sign-offs that it needs');
    assert.equal(missing([by('ann'), by('ben')], { approvals: 2 }), undefined);
  });

  it('count from those who may make them', () => {
    const reviewers = ['@acme/all', 'ben@example.org', '@cleo'];
    assert.match(missing([by('ann')], { reviewers }) ?? '', /ann@example\.org may not countersign this file/);
    assert.equal(missing([by('BEN')], { reviewers }), undefined);
    const onGitHub = (email: string) => {
      const reviewer = { name: 'x', email };
      const record = named(signOff(['x'], { start: 0, end: 1 }, { reviewer }));
      return missing([{ named: record, proof: UNPROVEN }], { reviewers });
    };
    assert.equal(onGitHub('1234+cleo@users.noreply.github.com'), undefined);
    assert.match(onGitHub('cleo@example.org') ?? '', /may not/);
    assert.match(onGitHub('cleo2@users.noreply.github.com') ?? '', /may not/);
    assert.match(missing([by('robot')]) ?? '', /AI tool/);
    const authors = ['ann@example.org'];
    assert.equal(missing([by('ann')], {}, authors), undefined);
    assert.match(missing([by('Ann')], { authorMayReview: false }, authors) ?? '', /committed it/);
    assert.equal(missing([by('ann'), by('ben')], { authorMayReview: false }, authors), undefined);
  });

  it('count with a signature only where one is asked for, and never with a wrong one', () => {
    assert.match(missing([by('ann')], { requireSignature: true }) ?? '', /recorded, not proven: it has no/);
    assert.equal(missing([by('ann', PROVEN)], { requireSignature: true }), undefined);
    assert.match(missing([by('ann', REFUTED)]) ?? '', /no sign-off counts; the sign-off of ann.* is void/);
  });
});
