/**
 * Who may take part in a round, seated or not yet, and what to do next. Pure: everything comes from
 * what GET /staff/rounds/{round} says, which is ready or not and nothing more.
 */

/**
 * [{role, label, person, ready, professional, title}]: those who are in it, and a place for each
 * role that is waited for and that nobody has. The professional comes last.
 */
export function places(round) {
  const out = [];
  for (const role of round.roles || []) {
    const here = (round.persons || []).filter((person) => person.role === role.role);
    const seats = here.map((person) => ({
      role: role.role, title: role.title, label: person.label, person: person.person,
      ready: person.ready, professional: Boolean(role.professional), optional: Boolean(role.optional),
    }));
    if (!seats.length && !named(role) && !role.counted) {
      seats.push({
        role: role.role, title: role.title, label: null, person: null,
        ready: false, professional: Boolean(role.professional), optional: Boolean(role.optional),
      });
    }
    out.push(...seats);
  }
  return out.sort((a, b) => Number(a.professional) - Number(b.professional));
}

/** How a place is written where no id is known: "client", "parent:Kim". */
export function key(place) {
  return place.label ? `${place.role}:${place.label}` : place.role;
}

/** Does this role take persons by name: a roster, or several of one role? */
export function named(role) {
  return Boolean(role.roster) || (role.most || 1) > 1;
}

/** Roles that somebody may still be named for. */
export function open(round) {
  return (round.roles || []).filter((role) => named(role) &&
    (role.roster || (round.persons || []).filter((person) => person.role === role.role).length < role.most));
}

/**
 * The step that comes next: {kind, place}, and for "own" alone: nobody else is in it; kind is "talk" (released), "release", "own" (the
 * professional's turn), "give" (somebody else's), "name" (nobody was named yet), "wait" or "none".
 */
export function next(round) {
  if (round.state === "released") return { kind: round.shared_before ? "before" : "talk", place: null };
  if (round.state !== "open") return { kind: "none", place: null };
  const here = places(round), others = here.filter((place) => !place.professional);
  const waiting = others.find((place) => !place.ready && !place.optional);
  if (waiting) return { kind: "give", place: waiting };
  if (!others.length && open(round).some((role) => !role.counted)) return { kind: "name", place: null };
  const own = here.find((place) => place.professional && !place.ready);
  if (own) return { kind: "own", place: own, alone: others.length === 0 };
  if (round.may_release) return { kind: "release", place: null };
  return { kind: "wait", place: null };
}

/** What a new round of this instrument is called: t0, or one further than the case's last. */
export function nextWave(rounds, instrument) {
  const last = (rounds || []).filter((round) => round.instrument === instrument)
    .map((round) => /^t(\d{1,3})$/.exec(round.wave)).filter(Boolean)
    .map((found) => Number(found[1]));
  return last.length ? `t${Math.max(...last) + 1}` : "t0";
}
