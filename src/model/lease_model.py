#!/usr/bin/env python3
"""Explicit-state model checker for the stop protocol: one lease per target, one commit per claim.

It explores every interleaving of a few clients, the recorder, the database and the faults below, within bounds, and checks:
  (1) of one recording's end at most one client is told 204 (a repetition with the same key isn't another client)
  (2) nobody is told 204, (3) nobody is told 409, while what he asked for is still being recorded
  (4) what is told with a 204 has its confirmation committed on the trail before
  (5) if a stop of ours ended a recording, and all clients repeat until they are told 204 or 409, one of them is told 204;
      excused only where who claimed it sent no Idempotency-Key and its reply got lost after the commit
  (6) from every state, without any further fault, every client can still get its 204 or 409
  (7) a stop that its asker has given up ends no recording that began afterwards

Recorder: a live recording ends by a stop or by itself. A request is executed at once, much later (after its asker gave up or died,
too) or never; its reply may get lost (a 500 is the same: nobody knows the outcome); it may certainly not have been sent.
Database: transactions are atomic; the reply to the commit of a claim may get lost, whether it was committed or not. Clients repeat
until they know; one may lose its connection while its request goes on ("abandoned"). Service: any set of requests under way dies
at once (a process crashes). A lease whose holder died lapses; so may that of a holder that is only slow.
Not modelled: time (only order), fairness, the rules (400), device and number as different names of a line, two schema versions.

    python3 lease_model.py                 all scenarios with all corrections; exits 1 on a violation
    python3 lease_model.py --off NAME      without that correction or assumption: the shortest counterexample, exits 1
    python3 lease_model.py --holes         that for each of them, one after the other
    python3 lease_model.py --scenario NAME --crashes 2 --losses 2 --slow 1       other bounds
"""
import argparse
import itertools
import sys
import time
from array import array
from collections import namedtuple

# Corrections to the protocol as proposed, each with a scenario that shows what happens without it.
CORRECTIONS = {
    'entry': ('registry', 'who claims must have removed the registry entry himself (1 row); else there is nothing to claim'),
    'claimed': ('suite', 'suite: a claim leaves the row as CLAIMED; "knows no such recording" claims nothing over it'),
    'fence': ('registry', 'whatever settles, a 409 with its removal of the entry too, commits only while the lease is its own'),
    'own-try': ('registry', 'an earlier try of the same call with an unknown outcome counts like an inherited one'),
    'one-commit': ('two', 'what one request stops is claimed in one commit; if a part fails, all of it is left as UNKNOWN'),
    'key-lease': ('keys', 'a key is leased like a target, before anything else; who lost it acquires and settles nothing'),
    'verify': ('registry', 'after a commit with an unknown outcome the holder looks for its confirmation on the trail'),
    'start-pending': ('starting', '"knows no such recording" proves nothing while the start is pending'),
    'reconciler': ('registry', 'the reconciler leaves entries alone that have a lease, a lapsed or UNKNOWN one too'),
    'by-id': ('line', 'suite, by line: list the line, then stop each by its id; the lease notes the line'),
    # Assumptions rather than corrections:
    'keep': ('suite', 'UNKNOWN is kept for as long as its request may still be executed'),
    'inferred': ('suite', 'a 204 for a call that ended by itself, after a stop that was never executed, is no violation'),
}

# A client is (what it names, whether it sends a key). A recording is L live, U not begun yet, N not begun before R1 is over,
# X stopped by us, S ended by itself. Who knows them: our registry, with a recorder or alone (embedded), or a suite.
Scenario = namedtuple('Scenario', 'text mode recs clients crashes losses slow')
SCENARIOS = {
    'registry': Scenario('one recording in the registry', 'registry', 'L', [('id', 0), ('id', 0)], 1, 2, 1),
    'embedded': Scenario('the registry is the recorder', 'embedded', 'L', [('id', 0), ('id', 0)], 1, 2, 1),
    'keys': Scenario('with keys', 'registry', 'L', [('id', 1), ('id', 1)], 2, 2, 1),
    'mixed': Scenario('one with a key', 'registry', 'L', [('id', 1), ('id', 0)], 1, 2, 1),
    'three': Scenario('three clients', 'registry', 'L', [('id', 0), ('id', 0), ('id', 0)], 1, 1, 0),
    'starting': Scenario('its start is pending', 'registry', 'U', [('id', 0), ('id', 0)], 1, 1, 1),
    'two': Scenario('two recordings on one line', 'registry', 'LL', [('line', 0), ('line', 0)], 1, 1, 0),
    'two-id': Scenario('the same, one by id', 'registry', 'LL', [('line', 0), ('id', 0)], 0, 1, 1),
    'suite': Scenario('forwarded by id', 'suite', 'L', [('id', 0), ('id', 0)], 1, 2, 1),
    'line': Scenario('forwarded by line, a new recording follows', 'suite', 'LN', [('line', 0), ('line', 0)], 1, 1, 0),
    'line-keys': Scenario('the same with keys', 'suite', 'LN', [('line', 1), ('line', 1)], 1, 1, 1),
    'both': Scenario('by line and by id at once', 'suite', 'L', [('line', 0), ('id', 0)], 1, 1, 1),
    'both-keys': Scenario('the same with keys', 'suite', 'L', [('line', 1), ('id', 1)], 1, 2, 1),
}

# rows: '-' none, 'A' ASKING, 'K' UNKNOWN; small: by line, too. open: the end isn't claimed (the entry is there, no row is CLAIMED).
# net: requests that may be executed although nobody waits for them. trail: confirmations. claims: times that a 204 was answered.
# lost: excused from (5). The last one of net, rows, claims and lost is the line's.
State = namedtuple('State', 'recs net rows open trail claims lost clients crashes losses slow')
Client = namedtuple('Client', 'spec status kept handlers')  # status: idle, busy, 204, 409; kept: the answer stored under its key
Handler = namedtuple('Handler', 'pc conn key legs ans arrived')  # a request under way; conn: somebody listens; key: is its own
# What one request does about one target. call: w wants the lease, s asked, o confirmed, n none such, ? unknown, r not sent
Leg = namedtuple('Leg', 't mine unknown pending call')
WANTED = (False, False, False, 'w')


def put(seq, i, value):
    return seq[:i] + (value,) + seq[i + 1:]


class Model:
    def __init__(self, scenario, off=()):
        self.mode, self.off, self.n, n = scenario.mode, off, len(scenario.recs), len(scenario.recs)
        self.first = State(tuple(scenario.recs), (0,) * (n + 1), ('-',) * (n + 1), (True,) * n, (False,) * n, (0,) * (n + 1),
                           (False,) * (n + 1), tuple(Client(spec, 'idle', (), ()) for spec in sorted(scenario.clients)),
                           scenario.crashes, scenario.losses, scenario.slow)

    def names(self, targets):
        return '+'.join('the line' if t == self.n else f'R{t + 1}' for t in targets)

    def execute(self, s, t):
        """The recorder carries out a stop. The embedded one knows what is in the registry, and stops by its removal."""
        hit = [i for i in (range(self.n) if t == self.n else (t,)) if s.recs[i] == 'L']
        if self.mode == 'embedded':
            return s, [i for i in hit if s.open[i]]
        return s._replace(recs=tuple('X' if i in hit else r for i, r in enumerate(s.recs))), hit

    def find(self, s, by_line):
        """What a request names, as far as it can know."""
        if self.mode != 'suite':
            return [i for i in range(self.n if by_line else 1) if s.open[i]]
        if by_line and 'by-id' not in self.off:  # the suite's list first, then the leases that note the line
            return [i for i in range(self.n) if s.recs[i] == 'L' or s.rows[i] in 'ak']
        return [self.n if by_line else 0]

    def change(self, s, ci, hi, handler, kept=None, status=None):
        """Replaces a request under way, or ends it (None): its client repeats it unless it was told."""
        c = s.clients[ci]
        status = status or ('idle' if handler is None and c.handlers[hi].conn else c.status)
        handlers = c.handlers[:hi] + ((handler,) if handler else ()) + c.handlers[hi + 1:]
        return s._replace(clients=put(s.clients, ci, Client(c.spec, status, kept or c.kept, handlers)))

    def excuse(self, s, c, h):
        """The reply to a claim is lost, and its client has no key to ask for it again."""
        return s if c.spec[1] or not h.ans else s._replace(lost=tuple(was or i in h.ans[1] for i, was in enumerate(s.lost)))

    def orphan(self, s, t):
        """A request that nobody waits for any more; 1: given up before R2 began."""
        return s._replace(net=put(s.net, t, 1 if 'N' in s.recs else 2))

    # What may happen next: (text, whether it is possible without faults, state, violation); {0} is the first client.

    def moves(self, s):
        yield from self.environment(s)
        for ci, c in enumerate(s.clients):
            if c.status == 'idle':
                yield from self.arrive(s, ci, c)
            for hi, h in enumerate(c.handlers):
                who = f'{{{ci}}}' if h.conn else f'{{{ci}}} (abandoned)'
                for text, helps, s1, bad in getattr(self, h.pc)(s, ci, hi, c, h):
                    yield f'{who}: {text}', helps, s1, bad
                if h.conn and s.losses:
                    s1, answering = self.excuse(s._replace(losses=s.losses - 1), c, h), h.pc == 'answer'
                    yield (f'{who}: the {h.ans[0]} gets lost on its way' if answering else f'{who} loses its connection', False,
                           self.change(s1, ci, hi, None if answering else h._replace(conn=False), status='idle'), None)
        alive = [(ci, hi) for ci, c in enumerate(s.clients) for hi, h in enumerate(c.handlers)
                 if h.pc != 'run' or c.spec[1] or any(leg.call != 'w' for leg in h.legs)]  # else it might as well have come later
        for size in range(1, len(alive) + 1 if s.crashes else 0):
            for dead in itertools.combinations(alive, size):
                s1 = s._replace(crashes=s.crashes - 1)
                for ci, hi in reversed(dead):
                    c, h = s.clients[ci], s.clients[ci].handlers[hi]
                    s1 = self.excuse(s1, c, h)
                    for leg in h.legs:
                        s1 = self.orphan(s1, leg.t) if leg.call == 's' else s1
                    s1 = self.change(s1, ci, hi, None)
                yield 'a process dies with what ' + ' and '.join(f'{{{ci}}}' for ci, _ in dead) + ' asked', False, s1, None

    def environment(self, s):
        becomes = {'L': [('ends by itself', 'S', False)] if self.mode != 'embedded' else [],
                   'U': [('begins', 'L', True), ('will never begin', 'S', True)],
                   'N': [('begins on the same line', 'L', False)] if s.recs[0] in 'XS' else []}
        for i, r in enumerate(s.recs):
            for text, to, helps in becomes.get(r, []):
                yield f'R{i + 1} {text}', helps, s._replace(recs=put(s.recs, i, to)), None
            held = any(leg.t == i and leg.mine for c in s.clients for h in c.handlers for leg in h.legs)
            if self.mode == 'registry' and r in 'XS' and s.open[i] and not held and (s.rows[i] == '-' or 'reconciler' in self.off):
                s1 = s._replace(open=put(s.open, i, False), rows=put(s.rows, i, '-'))
                yield f'the reconciler removes R{i + 1}', False, s1, None
        for t, late in enumerate(s.net):
            s1, hit = self.execute(s._replace(net=put(s.net, t, 0)), t)
            if late and s1.recs != s.recs:
                bad = '(7) it began after that stop was given up' if t == self.n and late == 1 and 1 in hit else None
                yield f'the late request is executed and stops {self.names(hit)}', False, s1, bad
            if late and s.rows[t] in 'Kk' and 'keep' in self.off:
                yield 'the UNKNOWN row has been kept long enough and goes', False, s._replace(rows=put(s.rows, t, '-')), None

    def arrive(self, s, ci, c):
        """With a key: its answer is given again; while another request has it, the client waits, until that one's lease lapses."""
        by_line, hi, helps, text, others = c.spec[0] == 'line', len(c.handlers), True, 'asks', c.handlers
        h = Handler('run', True, True, (), (), tuple(i for i in range(self.n if by_line else 1) if s.recs[i] in 'LU'))
        if c.kept:
            text, h = f'asks; its key has a {c.kept[0]}', h._replace(pc='answer', ans=c.kept, arrived=())
        elif c.spec[1] and 'key-lease' not in self.off and any(other.key for other in others):
            if not s.slow:
                return
            s, helps, text = s._replace(slow=s.slow - 1), False, 'asks and takes the key over from its slow request'
            others = tuple(other._replace(key=False) for other in others)
        found = self.find(s, by_line)
        s = s._replace(clients=put(s.clients, ci, c._replace(status='busy', handlers=others + (h,))))
        if h.pc == 'run' and found:
            text += '; finds ' + self.names(found)
            s = self.change(s, ci, hi, h._replace(legs=tuple(Leg(t, *WANTED) for t in found)))
        elif h.pc == 'run':
            text, s = text + '; finds nothing that is being recorded', self.conclude(s, ci, hi, c, h, ())
        yield f'{{{ci}}} {text}', helps, s, None

    def conclude(self, s, ci, hi, c, h, claimed):
        """The definitive answer: 204 if anything was claimed, else 409. It is stored under the key by whoever has it."""
        answer = h._replace(pc='answer', legs=(), ans=(204, claimed) if claimed else (409, ()))
        s = s if h.conn else self.excuse(s, c, answer)
        return self.change(s, ci, hi, answer if h.conn else None, kept=answer.ans if c.spec[1] else None)

    def run(self, s, ci, hi, c, h):
        yield from self.acquire(s, ci, hi, c, h)
        for k, leg in enumerate(h.legs):
            after = lambda s1, **as_: self.change(s1, ci, hi, h._replace(legs=put(h.legs, k, leg._replace(**as_))))
            if leg.call == 's':
                s1, hit = self.execute(s, leg.t)
                text = f'the recorder confirms {self.names(hit)}' if hit else 'the recorder knows no such recording'
                yield text, True, after(s1, call='o' if hit else 'n'), None
            if leg.call in 'son' and s.losses:
                s1, text = s._replace(losses=s.losses - 1), "the recorder's reply gets lost"
                if leg.call == 's':
                    yield 'certainly not sent', False, after(s1, call='r'), None
                    s1, text = self.orphan(s1, leg.t), 'the recorder is silent'
                yield text + '; tries again', False, after(s1, call='s', unknown=leg.unknown or 'own-try' not in self.off), None
                yield text, False, after(s1, call='?'), None
        rest = {leg.call for leg in h.legs} & {'w', 's'}
        if not rest:
            yield from self.settle(s, ci, hi, c, h)
        elif rest == {'w'} and (len(h.legs) > 1 or not h.key):
            legs = tuple(leg._replace(call='r') if leg.call == 'w' else leg for leg in h.legs)
            yield 'gives up waiting', True, self.change(s, ci, hi, h._replace(legs=legs)), None

    def acquire(self, s, ci, hi, c, h):
        """One statement takes all that it wants and that is free, lapsed or UNKNOWN. Then the recorder is asked."""
        wanted = [leg.t for leg in h.legs if leg.call == 'w' and h.key]
        held = {leg.t for client in s.clients for other in client.handlers for leg in other.legs if leg.mine}
        free = [t for t in wanted if t not in held]
        for won, slow in ((free, 0), (wanted if free != wanted and s.slow else [], 1)):
            if won:
                lose = lambda h1: h1._replace(legs=tuple(leg._replace(mine=leg.mine and leg.t not in won) for leg in h1.legs))
                clients = tuple(c1._replace(handlers=tuple(map(lose, c1.handlers))) for c1 in s.clients) if slow else s.clients
                legs = tuple(self.taken(s, leg.t) if leg.t in won and leg.call == 'w' else leg for leg in h.legs)
                rows = tuple(row if t not in won else 'a' if c.spec[0] == 'line' or row in 'ak' else 'A'
                             for t, row in enumerate(s.rows))
                text = (f'takes the lease on {self.names(won)}' + ', inherits an unknown outcome' * any(s.rows[t] != '-' for t in won)
                        + ', its slow holder is overtaken' * slow + '; asks the recorder')
                s1 = s._replace(clients=clients, rows=rows, slow=s.slow - slow)
                yield text, not slow, self.change(s1, ci, hi, h._replace(legs=legs)), None

    def taken(self, s, t):
        """A recording whose end was claimed is over without asking: ids aren't used twice."""
        if self.mode == 'suite' and t < self.n and not s.open[t]:
            return Leg(t, True, False, False, 'n')
        return Leg(t, True, s.rows[t] != '-', t < self.n and s.recs[t] == 'U', 's')

    def settle(self, s, ci, hi, c, h):
        """The one transaction after the recorder's answers."""
        proves = lambda leg: leg.call == 'n' and not (leg.pending and 'start-pending' not in self.off)
        ours = lambda leg: leg.call == 'o' or proves(leg) and leg.unknown
        overtaken = 'fence' not in self.off and not all(leg.mine for leg in h.legs)
        failed = not h.key or overtaken or any(leg.call != 'o' and not proves(leg) for leg in h.legs)
        recs, rows, opened, trail, claimed = list(s.recs), list(s.rows), list(s.open), list(s.trail), []
        for leg in h.legs:
            t = leg.t
            if failed and ('one-commit' not in self.off or not ours(leg)):
                if leg.mine:  # one that was confirmed is left to whoever repeats the stop
                    rows[t] = '-' if not leg.unknown and leg.call not in 'o?' else 'k' if rows[t] == 'a' else 'K'
                    recs[t:t + 1] = 'X' if leg.call == 'o' and self.mode == 'embedded' else recs[t:t + 1]
                continue
            rows[t] = '-' if leg.mine else rows[t]
            if ours(leg) and (t == self.n or opened[t] or ('claimed' if self.mode == 'suite' else 'entry') in self.off):
                claimed.append(t)
                if t < self.n:
                    trail[t], opened[t] = True, self.mode == 'suite' and 'claimed' in self.off
                    recs[t] = 'X' if self.mode == 'embedded' else recs[t]
            elif not ours(leg) and self.mode != 'suite':
                opened[t] = False
        done = s._replace(recs=tuple(recs), rows=tuple(rows), open=tuple(opened), trail=tuple(trail))
        if failed:
            yield 'is overtaken, answers 5xx' if overtaken else 'answers 5xx', True, self.change(done, ci, hi, None), None
            return
        done = self.conclude(done, ci, hi, c, h, tuple(claimed))
        yield f'claims {self.names(claimed)}, commits' if claimed else 'has nothing to claim', True, done, None
        if claimed and s.losses:
            if h.conn:
                s1 = self.change(done, ci, hi, done.clients[ci].handlers[hi]._replace(pc='verify'))
                yield 'commits its claim; the reply gets lost', False, s1._replace(losses=s.losses - 1), None
            s1 = self.change(s, ci, hi, h._replace(pc='verify'))
            yield 'its commit fails, which nobody tells it', False, s1._replace(losses=s.losses - 1), None

    def verify(self, s, ci, hi, c, h):
        text, after = (('answers 5xx', None) if 'verify' in self.off else ('finds no confirmation', h._replace(pc='run')) if not h.ans
                       else ('finds its confirmation', h._replace(pc='answer') if h.conn else None))
        yield text, True, self.change(s, ci, hi, after), None

    def answer(self, s, ci, hi, c, h):
        code, claimed = h.ans
        claims = tuple(k + (i in claimed) for i, k in enumerate(s.claims))
        wrong = {f'({2 if code == 204 else 3}) told {code} while it is being recorded, or may yet be':
                 any(s.recs[i] in 'LU' for i in h.arrived),
                 '(1) one end is told twice': max(claims[:-1]) > 1 or sum(claims) > sum(r in 'XS' for r in s.recs),
                 '(4) no confirmation on the trail': not all(i == self.n or s.trail[i] for i in claimed),
                 'told 204 for a call that ended by itself': 'inferred' in self.off and any('S' in s.recs[i:i + 1] for i in claimed)}
        bad = next((text for text, so in wrong.items() if so), None)
        text = f'is told {code}' + (' for ' + self.names(claimed) if claimed else '')
        yield text, True, self.change(s, ci, hi, None, status=str(code))._replace(claims=claims), bad

    def at_end(self, s):
        """Everybody was told."""
        unclaimed = [i for i, r in enumerate(s.recs) if r == 'X' and not (s.claims[i] or s.claims[-1] or s.lost[i] or s.lost[-1])]
        return f'(5) a stop of ours ended R{unclaimed[0] + 1}, and everybody was told 409' if unclaimed else None


def canonical(s):
    """Clients of one kind are alike, and a late request does nothing to a recording that is over. Also tells their order."""
    clients = [c._replace(handlers=tuple(sorted(c.handlers))) if len(c.handlers) > 1 else c for c in s.clients]
    order = sorted(range(len(clients)), key=clients.__getitem__)
    net = tuple(0 if i < len(s.recs) and s.recs[i] in 'XS' else k for i, k in enumerate(s.net))
    return s._replace(clients=tuple(clients[i] for i in order), net=net), order


def explore(model, limit):
    """Breadth first, hence the counterexample is as short as can be. Returns the number of states, the violation and its trace."""
    first = canonical(model.first)[0]
    states, number, parent, edges, ends = [first], {first: 0}, array('i', [-1]), array('i'), []
    for at, s in enumerate(states):  # which grows
        if all(c.status in ('204', '409') for c in s.clients):
            ends.append(at)
            if model.at_end(s):
                return len(states), model.at_end(s), trace(model, states, parent, at)
            continue
        for text, helps, raw, bad in model.moves(s):
            if bad:
                return len(states), bad, trace(model, states, parent, at, text)
            s1 = canonical(raw)[0]
            to = number.setdefault(s1, len(states))
            if to == len(states):
                states.append(s1)
                parent.append(at)
            edges.extend((to, at) if helps else ())
        if len(states) > limit:
            return len(states), 'not finished (--limit)', []
    back = [[] for _ in states]
    for k in range(0, len(edges), 2):
        back[edges[k]].append(edges[k + 1])
    reached, todo = set(ends), ends
    for at in todo:  # which grows
        todo.extend(p for p in back[at] if p not in reached and not reached.add(p))
    for stuck in (at for at in range(len(states)) if at not in reached):
        return len(states), '(6) from here not everybody can be told', trace(model, states, parent, stuck)
    return len(states), None, []


def trace(model, states, parent, at, last=None):
    path, lines, names = [at], [], 'ABC'
    while parent[path[-1]] >= 0:
        path.append(parent[path[-1]])
    for there, here in reversed(list(zip(path, path[1:]))):
        text, order = next((text, order) for text, _, raw, _ in model.moves(states[here])
                           for s1, order in [canonical(raw)] if s1 == states[there])
        lines.append(text.format(*names))
        names = [names[i] for i in order]
    return lines + ([last.format(*names)] if last else [])


def check(name, args, off):
    sc = SCENARIOS[name]
    sc = sc._replace(**{k: v for k in ('crashes', 'losses', 'slow') if (v := getattr(args, k)) is not None})
    started = time.time()
    count, bad, lines = explore(Model(sc, off), args.limit)
    kinds = ', '.join(f'by {kind}{" with a key" if key else ""}' for kind, key in sc.clients)
    print(f'{name}: {sc.text}; clients {kinds}; {sc.crashes} crashes, {sc.losses} losses, {sc.slow} slow: {count} states, '
          f'{time.time() - started:.0f} s: {bad or "(1)-(7) hold"}')
    print(''.join(f'  {k:3} {line}\n' for k, line in enumerate(lines, 1)), end='', flush=True)
    return bad


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, choices in (('--off', CORRECTIONS), ('--scenario', SCENARIOS)):
        parser.add_argument(name, action='append', default=[], choices=choices)
    parser.add_argument('--holes', action='store_true')
    for bound in ('--crashes', '--losses', '--slow'):
        parser.add_argument(bound, type=int)
    parser.add_argument('--limit', type=int, default=2_000_000, help='states')
    args = parser.parse_args()
    if args.holes:
        found = [print(f'\nwithout "{name}": {text}') or check(scenario, args, {name})
                 for name, (scenario, text) in CORRECTIONS.items()]
        sys.exit(not all(found))
    names = args.scenario or [CORRECTIONS[name][0] for name in args.off] or SCENARIOS
    sys.exit(any([check(name, args, set(args.off)) for name in dict.fromkeys(names)]))


if __name__ == '__main__':
    main()
