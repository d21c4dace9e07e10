#include "casework/access_list.h"
#include "claims/claims.h"
#include "rights/need.h"

#include <fmt/format.h>

#include <map>

/// What a desk sees of the ledger. Totals are computed from the entries, here and every time.
namespace comity::claims {

using store::Transaction;

namespace {

std::string_view other_of(Claim const& claim, std::string_view own)
{
    return claim.creditor == own ? claim.debtor : claim.creditor;
}

/// What our balance with the other Party gains by an amount that is owed to the creditor.
std::int64_t to_us(Claim const& claim, std::string_view own, std::int64_t owed)
{
    return claim.creditor == own ? owed : -owed;
}

std::string owes(Claim const& claim, Standing const& standing)
{
    if (standing.outstanding > 0) return claim.debtor;
    return standing.outstanding < 0 ? claim.creditor : std::string {};
}

/// A table program must not take it for a formula.
std::string csv_text(std::string_view text)
{
    std::string out = "\"";
    if (!text.empty() && std::string_view { "=+-@\t" }.find(text.front()) != text.npos) out += '\'';
    for (char const c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

std::string csv_amount(std::int64_t amount)
{
    auto const text = amount_text(amount, "");
    return text.substr(0, text.size() - 1);
}

} // namespace

std::vector<Entry> entries_in(std::span<EntryRow const> rows)
{
    std::vector<Entry> out;
    out.reserve(rows.size());
    for (auto const& row : rows) out.push_back(row.entry);
    return out;
}

Result<ClaimView> Claims::view_of(Transaction& transaction, ClaimRow const& row) const
{
    auto const rows = TRY(claims::entries_of(transaction, row.claim.number));
    auto const entries = entries_in(rows);
    auto const days = std::chrono::floor<std::chrono::days>(clock_() - row.opened_at);
    ClaimView out { row.claim, row.case_number, row.subject, row.opened_at, days.count() };
    out.standing = standing_of(row.claim, entries);
    out.owes = owes(row.claim, out.standing);
    out.acts = open_acts(row.claim, entries, settings_.of.party);
    auto const* waiting = proposal_waiting(entries);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const& each = rows[i];
        auto const& said = each.entry;
        out.entries.push_back({ said.act, said.party, each.actor, said.at, each.recorded_at,
            said.amount, each.ground, each.text, each.reference, each.paid_on, said.message,
            said.answers, each.waits, said.proposes });
        if (waiting == &entries[i]) out.waiting = out.entries.back();
    }
    if (out.waiting) out.waiting->proposes = proposed_act(*waiting);
    if (row.cost != 0) out.cost = TRY(find_cost(transaction, row.cost));
    return out;
}

Result<CaseCosts> Claims::costs_of(std::string_view number, Officer const& officer)
{
    CaseCosts out;
    out.refused = TRY(rights::refused_to_see(rooms_, number, officer));
    if (out.refused) return out;
    return rooms_.store.read([&](Transaction& t) -> Result<CaseCosts> {
        auto const row = TRY(rights::case_numbered(t, number));
        out.requesting = row.requesting;
        out.requested = row.requested;
        out.own = settings_.of.party;
        out.costs = TRY(costs_in(t, number));
        for (auto const& each : TRY(claims_in(t, number)))
            out.claims.push_back(TRY(view_of(t, each)));
        return std::move(out);
    });
}

Result<std::vector<Difference>> Claims::differences(Transaction& transaction) const
{
    auto const& own = settings_.of.party;
    std::vector<Difference> out;
    auto const add = [&](EntryRow const& row, WaitsFor waits_for) -> Result<void> {
        auto const claim = TRY(find_claim(transaction, row.claim));
        MUST(claim.has_value());
        auto const& of = claim->claim;
        auto const amount
            = waits_for == WaitsFor::receipt ? row.effect.owed : -row.effect.under_way;
        out.push_back({ waits_for, std::string { other_of(of, own) }, of.currency, of.number,
            row.entry.message, json::word(row.entry.act), to_us(of, own, amount) });
        return {};
    };
    for (auto const& row : TRY(entries_waiting(transaction))) TRY(add(row, WaitsFor::receipt));
    for (auto const& row : TRY(payments_unconfirmed(transaction)))
        TRY(add(row, WaitsFor::confirmation));
    for (auto const& cost : TRY(costs_expected(transaction, own)))
        out.push_back({ WaitsFor::claim, cost.paid_by, cost.currency, {}, cost.message,
            json::word(cost.kind), -cost.amount });
    return out;
}

namespace {

std::vector<Balance> netted(std::vector<BalanceRow> const& rows, std::string_view own)
{
    std::map<std::pair<std::string, std::string>, Balance> by_party;
    for (auto const& row : rows) {
        bool const ours = row.creditor == own;
        auto const& party = ours ? row.debtor : row.creditor;
        auto& balance = by_party[{ party, row.currency }];
        balance.party = party;
        balance.currency = row.currency;
        // What was paid too much is owed by whoever got it.
        bool const they = ours == (row.sum.owed > 0);
        (they ? balance.they_owe : balance.we_owe) += std::abs(row.sum.owed);
        balance.net += ours ? row.sum.owed : -row.sum.owed;
        bool const to_us = ours == (row.sum.under_way > 0);
        (to_us ? balance.under_way_to_us : balance.under_way_to_them)
            += std::abs(row.sum.under_way);
    }
    std::vector<Balance> out;
    for (auto& [key, balance] : by_party) out.push_back(std::move(balance));
    return out;
}

} // namespace

Result<std::vector<Balance>> balances_with(Transaction& transaction, std::string_view own)
{
    return netted(TRY(claims::balances(transaction)), own);
}

Result<LedgerView> Claims::ledger(Officer const& officer)
{
    return rooms_.store.read([&](Transaction& t) -> Result<LedgerView> {
        LedgerView out { settings_.of.party };
        out.balances = TRY(balances_with(t, out.own));
        out.differences = TRY(differences(t));
        for (auto const& row : TRY(newest_claims(t, claims_listed_max))) {
            if (TRY(casework::refused_to_open(t, row.case_number, officer, clock_()))) {
                ++out.closed;
                continue;
            }
            out.claims.push_back(TRY(view_of(t, row)));
            out.claims.back().entries.clear();
        }
        return out;
    });
}

Result<OpenedClaim> Claims::open_claim(std::string_view number, Officer const& officer)
{
    return rooms_.store.read([&](Transaction& t) -> Result<OpenedClaim> {
        auto const row = TRY(find_claim(t, number));
        if (!row)
            return Error { Error::Kind::not_found, fmt::format("there is no claim '{}'", number),
                "number" };
        OpenedClaim out;
        out.refused = TRY(casework::refused_to_open(t, row->case_number, officer, clock_()));
        if (!out.refused) out.view = TRY(view_of(t, *row));
        return out;
    });
}

std::string csv_of(LedgerView const& ledger)
{
    std::string out = "claim,creditor,debtor,case,provision,currency,claimed,waived,reimbursed,"
                      "outstanding,state,opened\r\n";
    for (auto const& each : ledger.claims) {
        auto const& [claim, standing] = std::tie(each.claim, each.standing);
        out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\r\n", csv_text(claim.number),
            csv_text(claim.creditor), csv_text(claim.debtor), csv_text(each.case_number),
            csv_text(claim.provision), claim.currency, csv_amount(standing.claimed),
            csv_amount(standing.waived), csv_amount(standing.reimbursed),
            csv_amount(standing.outstanding), json::word(standing.state), to_text(each.opened_at));
    }
    return out;
}

} // namespace comity::claims
