import datetime
import functools
import logging
import random
import time
import uuid

import psycopg2.errors

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import retry
from ..tools.http import InDoubt, NotSent, Refused
from ..tools.outbox import (
    BEGIN_WITHIN,
    LEASE,
    SETTLED_AFTER,
    CannotAsk,
    Outcome,
    new_reference,
)

_logger = logging.getLogger(__name__)

# A model states these again: Odoo translates a choice in the module that names it.
LANES = [("now", "At Once"), ("bulk", "In Its Turn")]
STATES = [
    ("queued", "Queued"),
    ("sending", "Being Sent"),
    ("sent", "Sent"),
    ("confirmed", "Confirmed"),
    ("refused", "Refused"),
    ("in_doubt", "In Doubt"),
    ("cancelled", "Cancelled"),
]
# Jobs have 10 where nothing is said; a smaller one is run earlier.
_PRIORITIES = {"now": 1, "bulk": 10}
_TRIES = 5
_PATIENT = 50
_CONFLICTS = (
    psycopg2.errors.SerializationFailure,
    psycopg2.errors.DeadlockDetected,
    psycopg2.errors.LockNotAvailable,
)


class CrmIrOutboxMixin(models.AbstractModel):
    """The life of everything that leaves the company, in rows that are never lost.

    A row is written in the user's transaction, with a reference that is its own for
    ever. A worker claims rows for one call: it writes a token and a lease, commits,
    calls outside of any transaction, and writes the outcomes where its token still
    stands. A worker that dies leaves rows whose lease expires: only those are recovered,
    into doubt. What is in doubt is never sent again before the service was asked, or a
    person settled it.

    The workers are a cron for each lane. Where the module `queue_job` is installed they
    are its jobs, of one call each, and the crons take what no job came for.

    A model says in ``_connection_field`` whose connection its rows leave by, and gives
    `_outbox_prepare` and, where the service can be asked, `_outbox_ask`.
    """

    _name = "crm.ir.outbox.mixin"
    _description = "Outbox"

    _connection_field = None
    _outbox_group = "base.group_system"

    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        copy=False,
        default="queued",
    )
    lane = fields.Selection(LANES, required=True, readonly=True, default="bulk")
    reference = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: new_reference(),
        help="Tells this one from all others, at the service too.",
    )
    due = fields.Datetime(
        readonly=True,
        copy=False,
        default=lambda self: self.env.cr.now(),
        help="When the next attempt, or the next question about it, may be made.",
    )
    attempts = fields.Integer(readonly=True, copy=False)
    questions = fields.Integer(readonly=True, copy=False)
    sent_at = fields.Datetime(string="Sent", readonly=True, copy=False)
    claim_token = fields.Char(readonly=True, copy=False, groups="base.group_system")
    lease_until = fields.Datetime(readonly=True, copy=False, groups="base.group_system")
    external_id = fields.Char(
        string="Id at the Service", readonly=True, copy=False, index="btree_not_null"
    )
    error_code = fields.Char(string="Code of the Service", readonly=True, copy=False)
    error_words = fields.Char(string="Words of the Service", readonly=True, copy=False)

    _reference_uniq = models.Constraint("UNIQUE (reference)")
    _queued_idx = models.Index("(lane, due, id) WHERE state = 'queued'")
    _sending_idx = models.Index("(lease_until) WHERE state = 'sending'")
    _in_doubt_idx = models.Index("(due) WHERE state = 'in_doubt'")
    _sent_at_idx = models.Index("(sent_at)")

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for lane, rows in (
            records.filtered_domain([("state", "=", "queued")]).grouped("lane").items()
        ):
            rows._outbox_wake(lane)
        return records

    # === WHAT A PERSON MAY DO === #

    def action_cancel(self):
        """Send nothing of what still waits."""
        waiting = (
            self._outbox_authorized()
            .try_lock_for_update()
            .filtered_domain([("state", "=", "queued")])
        )
        if not waiting:
            raise UserError(
                self.env._("It is too late: nothing of the selection still waits.")
            )
        waiting._outbox_apply(dict.fromkeys(waiting.ids, Outcome("cancelled")))
        return True

    def action_retry(self):
        """Queue again what certainly did not leave; what is in doubt is left alone."""
        again = (
            self._outbox_authorized()
            .try_lock_for_update()
            .filtered_domain(
                [("state", "in", ("refused", "cancelled")), ("external_id", "=", False)]
            )
        )
        if not again:
            raise UserError(
                self.env._(
                    "Nothing of the selection can be sent again: what was sent, or may"
                    " have been sent, would arrive twice."
                )
            )
        again._outbox_requeue()
        return True

    def action_settle_sent(self):
        """A person knows that what was in doubt arrived."""
        return self._settle(Outcome("sent"))

    def action_settle_absent(self):
        """A person knows that what was in doubt did not arrive: it is sent again."""
        return self._settle(Outcome("queued"))

    def _settle(self, outcome):
        doubtful = (
            self._outbox_authorized()
            .try_lock_for_update()
            .filtered_domain([("state", "=", "in_doubt")])
        )
        if not doubtful:
            raise UserError(
                self.env._("Nothing of the selection is in doubt any more.")
            )
        if outcome.state == "queued":
            doubtful._outbox_requeue()
        else:
            doubtful._outbox_apply(dict.fromkeys(doubtful.ids, outcome))
        return True

    def _outbox_authorized(self):
        """The rows with all rights, for a user who may decide about them."""
        self.check_access("read")
        if not self.env.user.has_group(self._outbox_group):
            raise AccessError(self.env._("Ask a manager to decide about this queue."))
        return self.sudo()

    def _outbox_requeue(self):
        self.write(
            {
                "state": "queued",
                "due": self.env.cr.now(),
                "attempts": 0,
                "questions": 0,
                "sent_at": False,
                "error_code": False,
                "error_words": False,
            }
        )
        for lane, rows in self.grouped("lane").items():
            rows._outbox_wake(lane)

    # === HOOKS OF A MODEL === #

    @api.model
    def _outbox_domain(self, connection, connections):
        """Which rows leave by ``connection``, given all usable ``connections``."""
        return Domain(self._connection_field, "=", connection.id)

    @api.model
    def _outbox_limit(self, connection):
        """The most rows that are looked at for one call."""
        return 1

    def _outbox_fitting(self, connection):
        """Those of the rows that go into one call with the first of them."""
        return self[:1]

    def _outbox_prepare(self, connection):
        """Return a function without arguments that makes the call, without the database.

        It returns an `Outcome` by id of the rows, or raises what the door raises.
        """
        raise NotImplementedError

    def _outbox_ask(self, connection):
        """Ask the service about one row in doubt; return its `Outcome`.

        Raises what the door raises where the service does not tell, and `CannotAsk`.
        """
        raise CannotAsk

    def _outbox_after(self):
        """The states of the rows have changed, in this transaction."""

    # === THE ENGINE === #

    def _outbox_wake(self, lane):
        """Have a worker look at the ``lane`` when this transaction is done."""
        later = {due for due in self.mapped("due") if due and due > self.env.cr.now()}
        if later:
            self._outbox_schedule(lane, min(later))
        if len(later) < len(set(self.mapped("due"))):
            self._outbox_schedule(lane)

    @api.model
    def _outbox_schedule(self, lane, at=None):
        """Have a worker come ``at`` a moment (UTC), else when this transaction is done."""
        if "queue.job" in self.env:
            # not the job of another transaction: it may look before this one is done
            self._outbox_enqueue(lane, f"{self.env.cr.now()} {at}", at)
        else:
            name = f"{self._original_module}.ir_cron_{self._table}_{lane}"
            self.env.ref(name).sudo()._trigger(at=at)

    def _outbox_deliver_now(self):
        """Deliver the rows as soon as this transaction is committed, on another cursor.

        What cannot be delivered then is left to the workers.
        """
        self.env.cr.postcommit.add(
            functools.partial(_deliver_apart, self.env.registry, self._name, self.ids)
        )

    @api.model
    def _outbox_work(self, lane):
        """Deliver what is due in a lane, connection by connection, while time is left."""
        domain = Domain("lane", "=", lane)
        done = True
        while done:
            done = 0
            for connection in self._outbox_connections():
                count = self._outbox_work_once(connection, domain)
                done += count
                if count and not self._outbox_progress(count, domain):
                    return

    @api.model
    def _outbox_progress(self, count, domain):
        """Commit; returns the seconds that are left for this run."""
        return self.env["ir.cron"]._commit_progress(
            count, remaining=self._outbox_remaining(domain)
        )

    @api.model
    def _outbox_remaining(self, domain):
        """1 where something is due for a usable connection, else 0."""
        due = Domain("state", "=", "queued") & Domain("due", "<=", self.env.cr.now())
        due &= domain & Domain(
            self._connection_field, "in", [False, *self._outbox_connections().ids]
        )
        return self.search_count(due, limit=1)

    @api.model
    def _outbox_connections(self):
        model = self.env[self._fields[self._connection_field].comodel_name]
        return model._usable(self.env.cr.now())

    @api.model
    def _outbox_enqueue(self, lane, key="", at=None):
        """Add a job for a lane, unless one of the same ``key`` has not begun yet."""
        self.browse().with_user(SUPERUSER_ID).with_delay(
            priority=_PRIORITIES[lane],
            eta=at,
            identity_key=f"{self._name} {lane} {key}",
        )._outbox_job(lane)

    @api.model
    def _outbox_job(self, lane):
        """Deliver what is due in a lane, by one call."""
        # the job's own transaction holds its lock, and may not end before the job
        with self.env.registry.cursor() as cr:
            outbox = api.Environment(cr, SUPERUSER_ID, {})[self._name]
            connections = list(outbox._outbox_connections())
            # each its share: the rows of one must not keep those of another waiting
            random.shuffle(connections)
            counts = (
                outbox._outbox_work_once(connection, Domain("lane", "=", lane))
                for connection in connections
            )
            return next(filter(None, counts), 0)

    @api.model
    def _outbox_work_once(self, connection, domain):
        """Make one call, if there is something due; returns for how many rows."""
        claimed = self._outbox_claim(connection, domain)
        if not claimed:
            return 0
        rows, token, call, began = claimed
        outcomes = self._outbox_call(rows.ids, call, began)
        self._outbox_record(connection, rows, token, outcomes)
        return len(rows)

    @api.model
    def _outbox_claim(self, connection, domain):
        """Claim rows for one call of ``connection`` and commit."""

        def claim():
            now = self.env.cr.now()
            allowed, again = connection._allowance(self, now)
            if allowed == 0:
                connection._pause("allowance", again)
                return None
            if allowed is not None:
                # of two workers that count at one moment, one must count again
                connection.last_claim = now
            limit = self._outbox_limit(connection)
            due = domain & Domain("state", "=", "queued") & Domain("due", "<=", now)
            mine = self._outbox_domain(connection, self._outbox_connections())
            query = self._search(
                due & mine, order="id", limit=min(limit, allowed or limit)
            )
            found = self.env.execute_query(
                SQL("%s FOR UPDATE SKIP LOCKED", query.select())
            )
            rows = self.browse(id_ for (id_,) in found)._outbox_fitting(connection)
            if not rows:
                return None
            token = uuid.uuid4().hex
            rows.write(
                {
                    "state": "sending",
                    "claim_token": token,
                    "lease_until": now + datetime.timedelta(seconds=LEASE),
                    "sent_at": now,
                    self._connection_field: connection.id,
                }
            )
            for attempts, same in rows.grouped("attempts").items():
                same.attempts = attempts + 1
            if "queue.job" in self.env and self._outbox_remaining(domain):
                # in one commit with the claim, so that calls are made side by side
                self._outbox_enqueue(rows[0].lane)
            return rows, token, rows._outbox_prepare(connection)

        try:
            claimed = self._outbox_transact(claim)
        except _CONFLICTS:
            return None  # others are at the same rows: the next run comes soon
        return claimed and (*claimed, time.monotonic())

    @api.model
    def _outbox_call(self, ids, call, began):
        """Call, outside of any transaction; returns an `Outcome` by id."""
        if time.monotonic() - began > BEGIN_WITHIN:
            return dict.fromkeys(ids, Outcome("queued", words="the worker was halted"))
        try:
            outcomes = call()
        except NotSent as error:
            return dict.fromkeys(ids, Outcome("queued", words=str(error), pause="away"))
        except Refused as refused:
            outcome = Outcome("refused", refused.code, refused.words)
            return dict.fromkeys(ids, outcome)
        except InDoubt as error:
            return dict.fromkeys(ids, Outcome("in_doubt", words=str(error)))
        except Exception as error:
            # a defect of ours, after which nobody knows what was sent
            _logger.exception("The call failed")
            return dict.fromkeys(ids, Outcome("in_doubt", words=type(error).__name__))
        silent = Outcome("in_doubt", words="the service said nothing about it")
        return {id_: outcomes.get(id_, silent) for id_ in ids}

    @api.model
    def _outbox_record(self, connection, rows, token, outcomes):
        """Write the outcomes where the token still stands, and commit."""

        def record():
            mine = rows._outbox_lock(
                Domain("claim_token", "=", token) & Domain("state", "=", "sending")
            )
            if len(mine) < len(rows):
                _logger.warning("A lease had expired before its call ended")
            mine._outbox_apply({id_: outcomes[id_] for id_ in mine.ids})
            self._outbox_judge(connection, outcomes.values())

        # what the service answered is known here alone
        self._outbox_transact(record, tries=_PATIENT)

    def _outbox_lock(self, domain):
        """Those of the rows for which ``domain`` holds, locked; waits for others."""
        query = self._search(Domain("id", "in", self.ids) & domain, order="id")
        found = self.env.execute_query(SQL("%s FOR UPDATE", query.select()))
        return self.browse(id_ for (id_,) in found)

    def _outbox_apply(self, outcomes):
        """Write what became of the rows: an `Outcome` by id."""
        now = self.env.cr.now()
        for row in self:
            row.write(outcomes[row.id].values)
        # what is the same for many rows is written at once: campaigns come here
        for (state, code, words, attempts), rows in self.grouped(
            lambda row: (*outcomes[row.id].what, row.attempts)
        ).items():
            waits = {
                # another connection may take it at once, but one row that nobody can
                # send must not keep the others waiting
                "queued": retry.wait((0, *retry.SENDING), attempts, random.random()),
                "in_doubt": retry.wait(retry.ASKING, 1, random.random()),
            }
            wait = waits.get(state)
            if state == "queued" and wait is None:
                state = "refused"  # it certainly did not leave, and nobody tries again
            rows.write(
                {
                    "state": state,
                    "due": wait is not None and now + datetime.timedelta(seconds=wait),
                    "claim_token": False,
                    "lease_until": False,
                    "error_code": code or False,
                    "error_words": words or False,
                }
            )
        self._outbox_after()

    @api.model
    def _outbox_judge(self, connection, outcomes):
        """Pause a connection that cannot be used, longer each time, or take it up again."""
        blaming = next((one for one in outcomes if one.pause), None)
        if blaming:
            connection._fail(blaming)
        else:
            connection._succeed()

    # === RECOVERY === #

    @api.model
    def _outbox_upkeep(self):
        """Recover what dead workers left, and ask about what is in doubt."""
        self._outbox_recover()
        self._outbox_reconcile()

    @api.model
    def _outbox_recover(self):
        """Put in doubt what is being sent under an expired lease."""

        def recover():
            expired = Domain("state", "=", "sending") & Domain(
                "lease_until", "<", self.env.cr.now()
            )
            query = self._search(expired, order="id", limit=1000)
            found = self.env.execute_query(
                SQL("%s FOR UPDATE SKIP LOCKED", query.select())
            )
            rows = self.browse(id_ for (id_,) in found)
            lost = Outcome("in_doubt", words="the sending process ended")
            rows._outbox_apply(dict.fromkeys(rows.ids, lost))
            return rows

        while self._outbox_transact(recover):
            pass

    @api.model
    def _outbox_reconcile(self):
        """Ask about each row in doubt, when it is time to."""
        usable = self._outbox_connections()
        due = Domain("state", "=", "in_doubt") & Domain("due", "<=", self.env.cr.now())
        rows = self.search(
            due & Domain(self._connection_field, "in", usable.ids), order="due"
        )
        for id_ in rows.ids:  # each alone: every question ends with the cache
            self.browse(id_)._outbox_reconcile_one()

    def _outbox_reconcile_one(self):
        connection, sent_at = self[self._connection_field], self.sent_at
        # before the question: what is not there yet may arrive while it is answered
        age = self.env.cr.now() - sent_at
        waits = retry.ASKING
        try:
            outcome = self._outbox_ask(connection)
        except (NotSent, Refused, InDoubt) as error:
            outcome = Outcome("in_doubt", words=str(error))
        except CannotAsk:  # a person knows, or nobody
            waits = ()
            outcome = Outcome("in_doubt", self.error_code or "", self.error_words or "")
        if outcome.state == "queued" and age.total_seconds() < SETTLED_AFTER:
            # the request may still be on its way
            outcome = Outcome("in_doubt", words="the service does not have it yet")

        def record():
            if not self._outbox_lock(Domain("state", "=", "in_doubt")):
                return
            if self.sent_at != sent_at:
                return  # a person settled it meanwhile, and it left again
            if outcome.state == "queued":
                self._outbox_requeue()
                return
            self._outbox_apply({self.id: outcome})
            if outcome.state == "in_doubt":
                self.questions += 1
                wait = retry.wait(waits, self.questions, random.random())
                self.due = wait and self.env.cr.now() + datetime.timedelta(seconds=wait)

        self._outbox_transact(record)

    # === TRANSACTIONS === #

    @api.model
    def _outbox_transact(self, action, tries=_TRIES):
        """Run ``action`` and commit, again where another transaction was faster.

        No call to the outside is made inside: it would be made again.
        """
        for last in (False,) * (tries - 1) + (True,):
            try:
                result = action()
                self._outbox_commit()
                return result
            except _CONFLICTS:
                self.env.cr.rollback()
                self.env.transaction.reset()
                if last:
                    raise
                time.sleep(random.uniform(0, 0.2))

    @api.model
    def _outbox_commit(self):
        # A call was or will be made that no rollback takes back; only workers, which
        # have a transaction of their own, come here.
        self.env.cr.commit()  # pylint: disable=invalid-commit

    @api.model
    def _left_since(self, connection, moment):
        """How many rows left by ``connection`` since a ``moment`` (UTC)."""
        return self.search_count(
            [
                (self._connection_field, "=", connection.id),
                ("sent_at", ">", moment),
            ]
        )


def _deliver_apart(registry, model, ids):
    try:
        with registry.cursor() as cr:
            outbox = api.Environment(cr, SUPERUSER_ID, {})[model]
            for connection in outbox._outbox_connections():
                while outbox._outbox_work_once(connection, Domain("id", "in", ids)):
                    pass
    except Exception:
        # the rows stay queued: a worker delivers them
        _logger.exception("Delivery at once failed")
