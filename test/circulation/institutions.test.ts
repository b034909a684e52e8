import { describe, expect, it } from 'vitest';
import { filled, placesIn } from '../../source/circulation/institutions.ts';

const of =
  (values: Readonly<Record<string, readonly string[]>>) =>
  (place: string): readonly string[] =>
    values[place] ?? [];

describe('how a member’s record is called', () => {
  it('KIO-02 is filled in with every value, in their order', () => {
    expect(filled('ut3.{uid}', of({ uid: ['ana'] }))).toEqual(['ut3.ana']);
    expect(filled('{uid}', of({ uid: ['a', 'b'] }))).toEqual(['a', 'b']);
    expect(filled('{x}-{y}-{x}', of({ x: ['1', '2'], y: ['a'] }))).toEqual(['1-a-1', '1-a-2', '2-a-1', '2-a-2']);
    expect(filled('fixed', of({}))).toEqual(['fixed']);
  });

  it('KIO-02 is nothing where a value is missing', () => {
    expect(filled('ut3.{uid}', of({}))).toEqual([]);
    expect(filled('{uid}.{sn}', of({ uid: ['ana'] }))).toEqual([]);
  });

  it('KIO-02 takes a value for a value, whatever stands in it', () => {
    expect(filled('{uid}.{sn}', of({ uid: ['{sn}', '$&'], sn: ['x'] }))).toEqual(['{sn}.x', '$&.x']);
  });

  it('KIO-02 is never more than a record may be called', () => {
    const many = Array.from({ length: 100 }, (_, at) => String(at));
    expect(filled('{uid}', of({ uid: many }))).toHaveLength(20);
    expect(filled('{uid}{uid}', of({ uid: many }))).toHaveLength(20);
    expect(filled('{uid}', of({ uid: ['x'.repeat(201), 'y'] }))).toEqual(['y']);
  });

  it('KIO-02 names attributes, and what was typed', () => {
    expect(placesIn('ut3.{uid}-{supannEtuId}{name}')).toEqual(['uid', 'supannEtuId', 'name']);
    expect(placesIn('{} {1} uid')).toEqual([]);
  });
});
