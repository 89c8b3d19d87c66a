"""Every column with personal data: of what kind, and how long it is kept.

A test compares this registry with the tables: a column that is in neither list fails it. The page
« Données personnelles » says the same in the words of its readers.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of personal data, as the page about them parts them."""

    IDENTITY = "identity"
    """Who someone is, where they are assigned, what they may do."""
    LEARNING = "learning"
    """What they were asked, read and completed."""
    ABSENCES = "absences"
    """When they were away: no reason."""
    ANSWERS = "answers"
    """How they answered the graded quiz."""
    PRACTICE = "practice"
    """What they tried, and what they wrote for themselves."""
    WRITING = "writing"
    """What trainers and reviewers wrote of modules."""
    CERTIFICATES = "certificates"
    JOURNAL = "journal"
    SESSIONS = "sessions"
    """Sessions, passwords and the mails about them."""
    CONTACTS = "contacts"
    """Whom agents may turn to: published within the organisation."""


IN_SERVICE = "while in service, then until the person is erased"
FACT = "for good; after an erasure, no longer linked to a person"
PRACTICE_DAYS = "the days of practice_retention_days after completion, or until deleted"
OPEN_ATTEMPT = "for good, or until the person is erased"
ABSENCE = "a year after its last day, or until the person is erased"
REMINDER = "a year after it, or until the person is erased"
ERASED = "for good; blanked when the person is erased"
JOURNAL_DAYS = "the days of journal_detail_retention_days"
SESSION_DAYS = "the days of session_retention_days"
LINK = "30 minutes, then until the next daily clearing"
MAIL = "30 days"
COUNTER = "12 hours after the last try, then until the next daily clearing"
STAGED = "until the file is applied or given up, at most the days of import_retention_days"
CHOICE = "until they choose otherwise, or until the person is erased"
SETTING = "until an administrator changes it"

KEPT: dict[str, tuple[Kind, str, str]] = {
    "agent": (
        Kind.IDENTITY, IN_SERVICE,
        "matricule matricule_key given_name family_name search_key email language arrived_on"
        " created_at deactivated_at left_on",
    ),
    "assignment": (Kind.IDENTITY, FACT, "agent_id unit_id corps grade category starts_on ends_on"),
    "role_assignment": (
        Kind.IDENTITY, FACT, "agent_id role unit_id started_at ended_at granted_by_id ended_by_id",
    ),
    "directory_import": (Kind.IDENTITY, FACT, "actor_id"),
    "import_part": (Kind.IDENTITY, STAGED, "content"),
    "import_row": (
        Kind.IDENTITY, STAGED,
        "matricule key given_name family_name search_key email language unit_code corps grade"
        " category arrived_on since leaves_on",
    ),
    "import_mistake": (Kind.IDENTITY, STAGED, "detail"),
    "campaign": (Kind.IDENTITY, FACT, "created_by_id"),
    "module_version": (Kind.IDENTITY, FACT, "author_id reviewer_id"),
    "snapshot": (Kind.IDENTITY, FACT, "taken_by_id"),
    "erratum": (Kind.IDENTITY, FACT, "applied_by_id"),
    "enrolment": (
        Kind.LEARNING, FACT,
        "agent_id module_id cycle origin campaign_id due_on base_due_on enrolled_at started_at"
        " version_id corps",
    ),
    "enrolment_release": (Kind.LEARNING, FACT, "enrolment_id released_at reason ended_at"),
    "absence": (
        Kind.ABSENCES, ABSENCE,
        "agent_id starts_on ends_on entered_by_id entered_at cancelled_by_id cancelled_at",
    ),
    "reminder": (Kind.LEARNING, REMINDER, "agent_id week_on asked_by_id asked_at"),
    "team_digest": (Kind.LEARNING, REMINDER, "agent_id week_on written_at"),
    "mail_choice": (Kind.IDENTITY, CHOICE, "agent_id weekly_stopped_at teams_asked_at"),
    "step_visit": (Kind.LEARNING, FACT, "enrolment_id step_id first_read_at last_read_at"),
    "completion": (
        Kind.LEARNING, FACT,
        "agent_id module_id version_id enrolment_id attempt_id cycle completed_at valid_until"
        " unit_id unit_path unit_names corps grade category equivalence_reason equivalence_proof"
        " granted_by_id",
    ),
    "attempt": (
        Kind.ANSWERS, FACT,
        "enrolment_id number version_id corps language draw pass_mark seed started_at submitted_at"
        " score_numerator score_denominator passed",
    ),
    "attempt_correction": (
        Kind.ANSWERS, FACT,
        "attempt_id version_id score_numerator score_denominator passed applied_at told_at",
    ),
    "answer": (Kind.ANSWERS, FACT, "attempt_id item_id token value received_at"),
    "review_mark": (Kind.ANSWERS, OPEN_ATTEMPT, "attempt_id item_id"),
    "practice_answer": (
        Kind.PRACTICE, PRACTICE_DAYS, "enrolment_id item_id token walk value received_at",
    ),
    "certificate": (
        Kind.CERTIFICATES, FACT,
        "completion_id serial module_slug module_title version_number version_sha256 minutes"
        " language organisation completed_at valid_until issued_at",
    ),
    "certificate_pdf": (Kind.CERTIFICATES, ERASED, "certificate_id sha256 content made_at"),
    "certificate_event": (Kind.CERTIFICATES, FACT, "certificate_id kind at actor_id reason"),
    "draft": (Kind.WRITING, FACT, "created_by_id created_at"),
    "draft_revision": (Kind.WRITING, FACT, "author_id saved_at"),
    "draft_media_change": (Kind.WRITING, FACT, "author_id changed_at"),
    "draft_comment": (
        Kind.WRITING, FACT, "author_id written_at resolved_by_id resolved_at",
    ),
    "draft_review": (Kind.WRITING, FACT, "reviewer_id decision note decided_at"),
    "journal_entry": (
        Kind.JOURNAL, FACT, "at actor_id action object_kind object_id detail_digest",
    ),
    "journal_detail": (Kind.JOURNAL, JOURNAL_DAYS, "entry_id salt address text"),
    "sign_in_session": (
        Kind.SESSIONS, SESSION_DAYS, "token_hash agent_id created_at last_seen_at ended_at",
    ),
    "sign_in_counter": (Kind.SESSIONS, COUNTER, "key failures last_failure_at blocked_until"),
    "password_reset": (
        Kind.SESSIONS, LINK, "agent_id token_hash created_at expires_at used_at",
    ),
    "outgoing_mail": (
        Kind.SESSIONS, MAIL,
        "agent_id kind state recipient subject body html stop_url created_at expires_at sent_at"
        " failures unknown_tries reason reply_code next_try_at",
    ),
    "ethics_contact": (Kind.CONTACTS, SETTING, "name phone email address hours"),
}  # fmt: skip
"""By table: the kind, how long it is kept, the columns."""

APART: dict[str, tuple[Kind, str]] = {
    "agent.password_hash": (Kind.SESSIONS, IN_SERVICE),
    "agent.password_expires_at": (Kind.SESSIONS, IN_SERVICE),
    "agent.must_change_password": (Kind.SESSIONS, IN_SERVICE),
    "certificate.holder_name": (Kind.CERTIFICATES, ERASED),
    "draft_comment.text": (Kind.WRITING, ERASED),
    "setting.value": (Kind.CONTACTS, SETTING),
    "directory_import.preview": (Kind.IDENTITY, STAGED),
    "directory_import.samples": (Kind.IDENTITY, STAGED),
}
"""Columns that are not of the kind, or not kept as long, as the others of their table."""

PERSONAL: dict[str, tuple[Kind, str]] = {
    f"{table}.{column}": (kind, kept)
    for table, (kind, kept, columns) in KEPT.items()
    for column in columns.split()
} | APART
"""By column: its kind, and how long it is kept."""

NOBODY: dict[str, str] = {
    "agent": "id",
    "assignment": "id",
    "role_assignment": "id",
    "sign_in_session": "id",
    "password_reset": "id",
    "outgoing_mail": "id",
    "enrolment": "id",
    "enrolment_release": "id",
    "absence": "id",
    "reminder": "id",
    "team_digest": "id",
    "attempt": "id",
    "answer": "id",
    "practice_answer": "id",
    "completion": "id",
    "certificate": "id",
    "certificate_event": "id",
    "journal_entry": "id",
    "ethics_contact": "corps kind",
    "setting": "key",
    "organisational_unit": (
        "id code name kind parent_id path opened_on closed_on specialty merged_into_id"
    ),
    "directory_import": (
        "id kind state created_at finished_at file_name file_size file_sha256 encoding separator"
        " sheet headings shape places accepts_grades is_complete below_id expected_rows row_count"
        " position mistake_count counts confirmed has_moved turn worker seen_at"
    ),
    "import_part": "import_id number",
    "import_row": "import_id line",
    "import_unit": (
        "import_id code line name kind parent_code specialty opened_on closed_on merged_into_code"
    ),
    "import_mistake": "id import_id line column problem",
    "module": "id slug created_at retired_at",
    "module_version": (
        "id module_id number kind sha256 title minutes audience titles summaries sources compiled"
        " published_at notes media written"
    ),
    "media": "sha256 content_type size content",
    "draft": "id slug state base_version_id closed_at version_id",
    "draft_file": "id draft_id path",
    "draft_revision": "id file_id number base is_aside page sha256 text",
    "draft_media": "draft_id path sha256",
    "draft_media_change": "id draft_id path sha256 description",
    "held_media": "sha256",
    "draft_comment": "id draft_id path line quote",
    "draft_review": "id draft_id sha256 base_version_id",
    "learning_path": (
        "id slug titles audience categories module_slugs delay_days validity_months position"
        " retired_at"
    ),
    "published_page": "slug language sha256 sections published_at",
    "campaign": (
        "id title reason path_id module_slugs unit_id corps grades categories roles arrived_since"
        " opens_on due_on delay_days validity_months recurrence early_days window_from window_to"
        " window_years created_at closed_at"
    ),
    "erratum": "version_id applied_at reached finished_at",
    "practice_tally": "version_id item_id value count",
    "version_analysis": "version_id computed_at attempts items stories",
    "snapshot": "id as_of taken_at last_completion_id",
    "snapshot_unit": (
        "snapshot_id unit_id corps parent_id path code name kind population asked up_to_date late"
    ),
    "snapshot_cell": (
        "snapshot_id unit_id module_id corps category owed started completed overdue expired"
    ),
    "snapshot_total": (
        "snapshot_id unit_id module_id corps owed started completed overdue expired"
    ),
    "snapshot_band": "snapshot_id unit_id module_id category population asked up_to_date late",
    "snapshot_first_try": (
        "snapshot_id unit_id module_id root_id passed first_try merged merged_first_try waiting"
        " waiting_first_try"
    ),
}
"""By table: the columns about nobody, or totals."""

IMPERSONAL = frozenset(
    f"{table}.{column}" for table, columns in NOBODY.items() for column in columns.split()
)
