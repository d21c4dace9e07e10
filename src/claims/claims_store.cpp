#include "claims/claims_store.h"

#include <fmt/format.h>

namespace comity::claims {
namespace {

using store::Row;
using store::Transaction;

constexpr store::Migration steps[] = {
    { "claims", 1, R"sql(
CREATE TABLE claims_cost (place BIGINT PRIMARY KEY, case_number TEXT NOT NULL, day TEXT NOT NULL,
    kind TEXT NOT NULL, amount BIGINT NOT NULL, currency TEXT NOT NULL, subject TEXT NOT NULL,
    paid_by TEXT NOT NULL, provision TEXT NOT NULL, basis TEXT NOT NULL,
    basis_reference TEXT NOT NULL, item TEXT NOT NULL, register_rows TEXT NOT NULL, refused TEXT,
    message TEXT NOT NULL, at TEXT NOT NULL, made_by TEXT NOT NULL);
CREATE INDEX claims_cost_case ON claims_cost (case_number, place);
CREATE INDEX claims_cost_payer ON claims_cost (paid_by, place);
CREATE TABLE claims_claim (number TEXT PRIMARY KEY, creditor TEXT NOT NULL, debtor TEXT NOT NULL,
    case_number TEXT NOT NULL, cost BIGINT NOT NULL, provision TEXT NOT NULL,
    amount BIGINT NOT NULL, currency TEXT NOT NULL, subject TEXT NOT NULL, opened_at TEXT NOT NULL);
CREATE INDEX claims_claim_case ON claims_claim (case_number, number);
CREATE INDEX claims_claim_opened ON claims_claim (opened_at, number);
CREATE INDEX claims_claim_creditor ON claims_claim (creditor, number);
CREATE INDEX claims_claim_cost ON claims_claim (cost);
CREATE TABLE claims_entry (place BIGINT PRIMARY KEY, claim TEXT NOT NULL, act TEXT NOT NULL,
    party TEXT NOT NULL, at TEXT NOT NULL, amount BIGINT NOT NULL, message TEXT NOT NULL,
    answers TEXT NOT NULL, recorded_at TEXT NOT NULL, actor TEXT NOT NULL, account TEXT NOT NULL,
    ground TEXT NOT NULL, words TEXT NOT NULL, reference TEXT NOT NULL, paid_on TEXT,
    owed BIGINT NOT NULL, under_way BIGINT NOT NULL, waits BIGINT NOT NULL);
CREATE INDEX claims_entry_claim ON claims_entry (claim, place);
CREATE INDEX claims_entry_message ON claims_entry (message);
CREATE INDEX claims_entry_answers ON claims_entry (answers);
CREATE INDEX claims_entry_waits ON claims_entry (waits, place);
CREATE INDEX claims_entry_act ON claims_entry (act, place);
)sql" },
    { "claims", 2, R"sql(
ALTER TABLE claims_entry ADD COLUMN proposes TEXT;
ALTER TABLE claims_entry ADD COLUMN proposes_answer TEXT NOT NULL DEFAULT '';
)sql" },
};

constexpr std::string_view cost_columns
    = "place, case_number, day, kind, amount, currency, subject, paid_by, provision, basis, "
      "basis_reference, item, register_rows, refused, message, at, made_by";
constexpr std::string_view claim_columns
    = "number, creditor, debtor, case_number, cost, provision, amount, currency, subject, "
      "opened_at";
constexpr std::string_view entry_columns
    = "place, claim, act, party, at, amount, message, answers, recorded_at, actor, account, "
      "ground, words, reference, paid_on, owed, under_way, waits, proposes, proposes_answer";

/// This node wrote it.
template <class T> T own(Result<T> read)
{
    MUST(read.ok());
    return read.take();
}

template <class Enum> Enum word_in(std::string const& text)
{
    auto const word = json::from_word<Enum>(text);
    MUST(word.has_value());
    return *word;
}

CostRow read_cost(Row const& row)
{
    CostRow out { row.integer(0), row.text(1), own(parse_date(row.text(2))),
        word_in<treaty::CostKind>(row.text(3)), row.integer(4), row.text(5), row.text(6),
        row.text(7), row.text(8), word_in<treaty::CostBasis>(row.text(9)), row.text(10),
        row.text(11) };
    out.register_rows = own(json::read<std::vector<std::uint64_t>>(
        own(json::parse(row.text(12))), json::Unknown::refuse));
    if (auto const word = row.text_if(13)) out.refused = word_in<InjuredRefusal>(*word);
    out.message = row.text(14);
    out.at = own(parse_instant(row.text(15)));
    out.by = row.text(16);
    return out;
}

ClaimRow read_claim(Row const& row)
{
    return { { row.text(0), row.text(1), row.text(2), row.text(5), row.integer(6), row.text(7) },
        row.text(3), row.integer(4), row.text(8), own(parse_instant(row.text(9))) };
}

EntryRow read_entry(Row const& row)
{
    EntryRow out { { word_in<ClaimAct>(row.text(2)), row.text(3), own(parse_instant(row.text(4))),
                       row.integer(5), row.text(6), row.text(7) },
        row.integer(0), row.text(1), own(parse_instant(row.text(8))), row.text(9), row.text(10),
        row.text(11), row.text(12), row.text(13) };
    if (auto const day = row.text_if(14)) out.paid_on = own(parse_date(*day));
    out.effect = { row.integer(15), row.integer(16) };
    out.waits = row.integer(17) == 1;
    if (auto const word = row.text_if(18)) out.entry.proposes = word_in<ClaimAct>(*word);
    out.entry.proposes_answer = row.text(19);
    return out;
}

std::string costs_where(std::string_view condition)
{
    return fmt::format("SELECT {} FROM claims_cost WHERE {}", cost_columns, condition);
}

std::string claims_where(std::string_view condition)
{
    return fmt::format("SELECT {} FROM claims_claim WHERE {}", claim_columns, condition);
}

std::string entries_where(std::string_view condition)
{
    return fmt::format("SELECT {} FROM claims_entry WHERE {}", entry_columns, condition);
}

} // namespace

std::span<store::Migration const> const migrations { steps };

Result<std::int64_t> insert_cost(Transaction& transaction, CostRow const& row)
{
    auto const refused = row.refused ? std::optional { json::word(*row.refused) } : std::nullopt;
    auto const place = TRY(transaction.one(
        "INSERT INTO claims_cost (case_number, day, kind, amount, currency, subject, paid_by, "
        "provision, basis, basis_reference, item, register_rows, refused, message, at, made_by) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) "
        "RETURNING place",
        [](Row const& made) { return made.integer(0); }, row.case_number, to_text(row.day),
        json::word(row.kind), row.amount, row.currency, row.subject, row.paid_by, row.provision,
        json::word(row.basis), row.basis_reference, row.item, json::to_text(row.register_rows),
        refused, row.message, to_text(row.at), row.by));
    MUST(place.has_value());
    return *place;
}

Result<std::optional<CostRow>> find_cost(Transaction& transaction, std::int64_t place)
{
    return transaction.one(costs_where("place = $1"), read_cost, place);
}

Result<std::vector<CostRow>> costs_in(Transaction& transaction, std::string_view number)
{
    return transaction.all(costs_where("case_number = $1 ORDER BY place"), read_cost, number);
}

Result<std::vector<CostRow>> costs_expected(Transaction& transaction, std::string_view own)
{
    return transaction.all(costs_where("paid_by <> $1 AND NOT EXISTS (SELECT 1 FROM claims_claim c "
                                       "WHERE c.cost = claims_cost.place) ORDER BY place"),
        read_cost, own);
}

Result<void> insert_claim(Transaction& transaction, ClaimRow const& row)
{
    auto const& claim = row.claim;
    if (TRY(find_claim(transaction, claim.number)))
        return Error { Error::Kind::conflict,
            fmt::format("there is a claim with the number '{}' already", claim.number),
            "claimNumber" };
    TRY(transaction.run(
        fmt::format("INSERT INTO claims_claim ({}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
                    "$10)",
            claim_columns),
        claim.number, claim.creditor, claim.debtor, row.case_number, row.cost, claim.provision,
        claim.amount, claim.currency, row.subject, to_text(row.opened_at)));
    return {};
}

Result<std::optional<ClaimRow>> find_claim(Transaction& transaction, std::string_view number)
{
    return transaction.one(claims_where("number = $1"), read_claim, number);
}

Result<std::vector<ClaimRow>> claims_in(Transaction& transaction, std::string_view number)
{
    return transaction.all(
        claims_where("case_number = $1 ORDER BY opened_at, number"), read_claim, number);
}

Result<std::vector<ClaimRow>> newest_claims(Transaction& transaction, std::int64_t limit)
{
    return transaction.all(
        claims_where("number <> '' ORDER BY opened_at DESC, number DESC LIMIT $1"), read_claim,
        limit);
}

Result<std::int64_t> claims_of(Transaction& transaction, std::string_view creditor)
{
    auto const count = TRY(transaction.one(
        "SELECT COUNT(*) FROM claims_claim WHERE creditor = $1",
        [](Row const& row) { return row.integer(0); }, creditor));
    return count.value_or(0);
}

Result<void> insert_entry(Transaction& transaction, EntryRow const& row)
{
    auto const& entry = row.entry;
    auto const paid_on = row.paid_on ? std::optional { to_text(*row.paid_on) } : std::nullopt;
    auto const proposes
        = entry.proposes ? std::optional { json::word(*entry.proposes) } : std::nullopt;
    TRY(transaction.run(
        "INSERT INTO claims_entry (claim, act, party, at, amount, message, answers, recorded_at, "
        "actor, account, ground, words, reference, paid_on, owed, under_way, waits, proposes, "
        "proposes_answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
        "$15, $16, $17, $18, $19)",
        row.claim, json::word(entry.act), entry.party, to_text(entry.at), entry.amount,
        entry.message, entry.answers, to_text(row.recorded_at), row.actor, row.account, row.ground,
        row.text, row.reference, paid_on, row.effect.owed, row.effect.under_way, row.waits ? 1 : 0,
        proposes, entry.proposes_answer));
    return {};
}

Result<std::vector<EntryRow>> entries_of(Transaction& transaction, std::string_view claim)
{
    return transaction.all(entries_where("claim = $1 ORDER BY place"), read_entry, claim);
}

Result<std::optional<EntryRow>> entry_of_message(Transaction& transaction, std::string_view message)
{
    return transaction.one(entries_where("message = $1"), read_entry, message);
}

Result<void> mark_taken(Transaction& transaction, std::string_view message)
{
    TRY(transaction.run(
        "UPDATE claims_entry SET waits = 0 WHERE message = $1 AND waits = 1", message));
    return {};
}

Result<std::vector<EntryRow>> entries_waiting(Transaction& transaction)
{
    return transaction.all(entries_where("waits = 1 ORDER BY place"), read_entry);
}

Result<std::vector<EntryRow>> payments_unconfirmed(Transaction& transaction)
{
    // An answer that the other node did not take is none.
    return transaction.all(
        entries_where(
            "act = 'paid' AND NOT EXISTS (SELECT 1 FROM claims_entry a WHERE a.answers = "
            "claims_entry.message AND (a.act = 'failed' OR NOT EXISTS (SELECT 1 FROM "
            "claims_entry f WHERE f.act = 'failed' AND f.answers = a.message))) ORDER BY place"),
        read_entry);
}

Result<std::vector<BalanceRow>> balances(Transaction& transaction)
{
    return transaction.all(
        "SELECT c.creditor, c.debtor, c.currency, CAST(SUM(e.owed) AS BIGINT), "
        "CAST(SUM(e.under_way) AS BIGINT) FROM claims_entry e JOIN claims_claim c "
        "ON c.number = e.claim GROUP BY c.creditor, c.debtor, c.currency "
        "ORDER BY c.creditor, c.debtor, c.currency",
        [](Row const& row) {
            return BalanceRow { row.text(0), row.text(1), row.text(2),
                { row.integer(3), row.integer(4) } };
        });
}

} // namespace comity::claims
