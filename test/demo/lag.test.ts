import { describe, expect, it } from '@jest/globals';
import { isSettled, LagMeter, type Standing } from '../../demo/lag.ts';

const lapse = { speed: 1000, wallStart: 0, logicalStart: 0 };

function aStanding(standing: Partial<Standing> = {}): Standing {
  return { customerId: 'A', n: 1, heard: 1, dues: [], ...standing };
}

describe('LagMeter', () => {
  it('is 0 while everything is heard and nothing is due', () => {
    const meter = new LagMeter(lapse);
    meter.posted('A', 100);

    expect(meter.measure([aStanding({ dues: [900_000] })], 800).lagMs).toBe(0);
  });

  it('counts an unheard event from its post', () => {
    const meter = new LagMeter(lapse);
    meter.posted('A', 100);
    meter.posted('A', 300);

    expect(meter.measure([aStanding({ n: 2, heard: 0 })], 800).lagMs).toBe(700);
  });

  it('begins anew once the journey has heard all', () => {
    const meter = new LagMeter(lapse);
    meter.posted('A', 100);
    meter.measure([aStanding()], 200);
    meter.posted('A', 700);

    expect(meter.measure([aStanding({ n: 2 })], 800).lagMs).toBe(100);
  });

  it('counts an overdue appointment from its moment', () => {
    const meter = new LagMeter(lapse);

    expect(meter.measure([aStanding({ dues: [900_000, 500_000] })], 800).lagMs).toBe(300);
  });

  it('counts the customers with anything waiting', () => {
    const meter = new LagMeter(lapse);
    meter.posted('A', 100);
    const late = aStanding({ customerId: 'B', dues: [500_000] });

    expect(meter.measure([aStanding({ n: 2 }), late, aStanding({ customerId: 'C' })], 800).waiting).toBe(2);
  });

  it('does not blame the engine for an event that was held back', () => {
    const meter = new LagMeter(lapse);
    meter.posted('A', 750);

    expect(meter.measure([aStanding({ dues: [500_000] })], 800).lagMs).toBe(50);
  });
});

describe('isSettled', () => {
  it.each([
    ['all is heard and nothing is planned', {}, true],
    ['what is planned comes after the end', { dues: [11] }, true],
    ['a touch is due at the end', { dues: [10] }, false],
    ['an event is unheard', { heard: 0 }, false],
  ])('when %s', (_, standing, settled) => {
    expect(isSettled(aStanding(standing), 10)).toBe(settled);
  });
});
