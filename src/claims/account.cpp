#include "claims/account.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace comity::claims {
namespace {

/// Of the Convention's Parties, and what bills in the region are written in.
constexpr std::array<std::string_view, 13> currencies { "ALL", "BAM", "BGN", "CHF", "EUR", "GBP",
    "HUF", "MDL", "MKD", "RON", "RSD", "TRY", "USD" };

Error conflict(std::string field, std::string what)
{
    return { Error::Kind::conflict, std::move(what), std::move(field) };
}

bool failed(std::span<Entry const> entries, Entry const& entry)
{
    return !entry.message.empty() && std::ranges::any_of(entries, [&](Entry const& each) {
        return each.act == ClaimAct::failed && each.answers == entry.message;
    });
}

Entry const* find(std::span<Entry const> entries, std::string_view message)
{
    auto const found = std::ranges::find_if(entries,
        [&](Entry const& each) { return each.act != ClaimAct::failed && each.message == message; });
    return found == entries.end() ? nullptr : &*found;
}

bool settles_payment(ClaimAct act)
{
    return act == ClaimAct::received || act == ClaimAct::not_received;
}

bool is_answered(std::span<Entry const> entries, Entry const& payment)
{
    return std::ranges::any_of(entries, [&](Entry const& each) {
        return settles_payment(each.act) && each.answers == payment.message
            && !failed(entries, each);
    });
}

std::int64_t to_the_creditor(Claim const& claim, Entry const& payment)
{
    return payment.party == claim.creditor ? -payment.amount : payment.amount;
}

/// The debtor's word on the claim itself: the latest that he said stands.
Entry const* word_of_debtor(std::span<Entry const> entries)
{
    Entry const* last = nullptr;
    for (auto const& each : entries) {
        bool const word = each.act == ClaimAct::accepted || each.act == ClaimAct::partly_accepted
            || each.act == ClaimAct::disputed;
        if (!word || failed(entries, each)) continue;
        if (!last || std::tie(last->at, last->message) < std::tie(each.at, each.message))
            last = &each;
    }
    return last;
}

ClaimState state_before_leaving(std::span<Entry const> entries)
{
    auto out = ClaimState::draft;
    for (auto const& each : entries) {
        if (each.act == ClaimAct::proposed) out = ClaimState::proposed;
        if (each.act == ClaimAct::dropped) return ClaimState::dropped;
        if (each.act == ClaimAct::failed) out = ClaimState::failed;
    }
    return out;
}

ClaimState state_of(Standing const& standing, Entry const* word)
{
    if (standing.to_creditor == 0 && standing.to_debtor == 0) {
        if (standing.outstanding == 0) return ClaimState::settled;
        if (standing.outstanding < 0) return ClaimState::overpaid;
    }
    if (!word) return ClaimState::open;
    if (word->act == ClaimAct::accepted) return ClaimState::accepted;
    if (word->act == ClaimAct::disputed) return ClaimState::disputed;
    return ClaimState::partly_accepted;
}

bool is_debtors(ClaimAct act)
{
    return act == ClaimAct::accepted || act == ClaimAct::partly_accepted
        || act == ClaimAct::disputed;
}

Result<void> check_payment_answer(
    Claim const& claim, std::span<Entry const> entries, Entry const& entry)
{
    auto const* payment = find(entries, entry.answers);
    if (!payment || payment->act != ClaimAct::paid || payment->party == entry.party
        || failed(entries, *payment))
        return Error { Error::Kind::not_found,
            fmt::format("no payment to {} on claim {} has this message", entry.party, claim.number),
            "answers" };
    if (is_answered(entries, *payment))
        return conflict("answers", "this payment was answered already");
    if (payment->amount != entry.amount)
        return conflict("amount",
            fmt::format("the payment is of {}", amount_text(payment->amount, claim.currency)));
    return {};
}

Result<void> above(
    Claim const& claim, std::string_view what, std::int64_t amount, std::int64_t limit)
{
    if (amount <= limit) return {};
    return conflict("amount",
        fmt::format("{} is {} at most: {} is above it", what,
            amount_text(std::max<std::int64_t>(0, limit), claim.currency),
            amount_text(amount, claim.currency)));
}

Result<void> check_role(Claim const& claim, Entry const& entry)
{
    bool const creditor = entry.party == claim.creditor;
    if (!creditor && entry.party != claim.debtor)
        return Error { Error::Kind::not_found,
            fmt::format("{} is no Party to the claim {}", entry.party, claim.number), "number" };
    if ((is_debtors(entry.act) && creditor) || (entry.act == ClaimAct::waived && !creditor))
        return conflict("act",
            fmt::format("'{}' is for the other Party of the claim to say", json::word(entry.act)));
    return {};
}

/// What holds for either side's word, wherever it is looked at.
Result<void> check_both(Claim const& claim, std::span<Entry const> entries, Entry const& entry)
{
    TRY(check_role(claim, entry));
    auto const* opened = entries.empty() ? nullptr : &entries.front();
    for (auto const& each : entries)
        if (each.act == ClaimAct::claimed) opened = &each;
    if (!opened || opened->act != ClaimAct::claimed || failed(entries, *opened))
        return conflict("act", "the claim has not been sent");
    if (entries.size() >= entries_max)
        return Error { Error::Kind::too_large,
            fmt::format("a claim has {} entries at most", entries_max), "number" };
    bool const no_amount = entry.act == ClaimAct::accepted || entry.act == ClaimAct::disputed;
    if (!no_amount) TRY(check_amount("amount", entry.amount));
    if (settles_payment(entry.act)) return check_payment_answer(claim, entries, entry);
    if (entry.act == ClaimAct::partly_accepted && entry.amount >= claim.amount)
        return conflict("amount", "what is accepted in part is less than what is claimed");
    return {};
}

} // namespace

bool is_currency(std::string_view code)
{
    return std::ranges::find(currencies, code) != currencies.end();
}

std::string amount_text(std::int64_t amount_minor, std::string_view currency)
{
    auto const magnitude = amount_minor < 0 ? -amount_minor : amount_minor;
    return fmt::format(
        "{}{}.{:02} {}", amount_minor < 0 ? "-" : "", magnitude / 100, magnitude % 100, currency);
}

Result<void> check_amount(std::string field, std::int64_t amount)
{
    if (amount >= 1 && amount <= amount_max) return {};
    return Error { Error::Kind::malformed,
        fmt::format("an amount is 1 to {} in the smallest unit of its currency", amount_max),
        std::move(field) };
}

ClaimAct proposed_act(Entry const& proposal)
{
    return proposal.proposes.value_or(ClaimAct::claimed);
}

Entry const* proposal_waiting(std::span<Entry const> entries)
{
    Entry const* out = nullptr;
    for (auto const& each : entries) {
        if (each.act == ClaimAct::proposed) out = &each;
        bool const ours = out && each.party == out->party;
        if (ours && (each.act == ClaimAct::dropped || each.act == proposed_act(*out)))
            out = nullptr;
    }
    return out;
}

Effect effect_of(Claim const& claim, std::span<Entry const> entries, Entry const& entry)
{
    if (failed(entries, entry)) return {};
    switch (entry.act) {
    case ClaimAct::claimed: return { entry.amount, 0 };
    case ClaimAct::waived: return { -entry.amount, 0 };
    case ClaimAct::paid: return { 0, to_the_creditor(claim, entry) };
    case ClaimAct::received:
    case ClaimAct::not_received: break;
    case ClaimAct::failed: {
        auto const* undone = find(entries, entry.answers);
        if (!undone) return {};
        auto const was = effect_of(claim, entries, *undone);
        return { -was.owed, -was.under_way };
    }
    default: return {};
    }
    auto const* payment = find(entries, entry.answers);
    if (!payment) return {};
    auto const moved = to_the_creditor(claim, *payment);
    return { entry.act == ClaimAct::received ? -moved : 0, -moved };
}

Standing standing_of(Claim const& claim, std::span<Entry const> entries)
{
    Standing out;
    bool left = false;
    for (auto const& each : entries) {
        if (each.act == ClaimAct::failed || failed(entries, each)) continue;
        auto const effect = effect_of(claim, entries, each);
        if (each.act == ClaimAct::claimed) left = true, out.claimed += effect.owed;
        if (each.act == ClaimAct::waived) out.waived -= effect.owed;
        if (each.act == ClaimAct::received) out.reimbursed -= effect.owed;
        if (each.act != ClaimAct::paid || is_answered(entries, each)) continue;
        (each.party == claim.creditor ? out.to_debtor : out.to_creditor) += each.amount;
    }
    out.outstanding = out.claimed - out.waived - out.reimbursed;
    auto const* word = word_of_debtor(entries);
    if (word) out.admitted = word->act == ClaimAct::accepted ? claim.amount : word->amount;
    out.state = left ? state_of(out, word) : state_before_leaving(entries);
    return out;
}

Result<void> check_own(Claim const& claim, std::span<Entry const> entries, Entry const& entry)
{
    auto const now = standing_of(claim, entries);
    if (now.state == ClaimState::settled && !settles_payment(entry.act))
        return conflict("number", fmt::format("claim {} is settled", claim.number));
    TRY(check_both(claim, entries, entry));
    bool const creditor = entry.party == claim.creditor;
    auto const left = now.outstanding - now.to_creditor;
    if (entry.act == ClaimAct::waived)
        return above(claim, "what can be taken back", entry.amount, left);
    if (entry.act == ClaimAct::paid && creditor)
        return above(
            claim, "what is to be paid back", entry.amount, -now.outstanding - now.to_debtor);
    if (entry.act == ClaimAct::paid) return above(claim, "what is outstanding", entry.amount, left);
    if (is_debtors(entry.act) && now.outstanding <= 0)
        return conflict("act", "nothing is claimed any more");
    return {};
}

/// The other side had read all that it said itself, and perhaps nothing of ours: a payment may
/// cross what we took back, so that is not held against it.
Result<void> check_theirs(Claim const& claim, std::span<Entry const> entries, Entry const& entry)
{
    TRY(check_both(claim, entries, entry));
    auto const now = standing_of(claim, entries);
    if (entry.act == ClaimAct::waived)
        return above(claim, "what can be taken back", entry.amount, now.claimed - now.waived);
    if (entry.act != ClaimAct::paid) return {};
    if (entry.party == claim.creditor)
        return above(
            claim, "what is to be paid back", entry.amount, -now.outstanding - now.to_debtor);
    return above(claim, "what is claimed and not paid", entry.amount,
        now.claimed - now.reimbursed - now.to_creditor);
}

std::vector<ClaimAct> open_acts(
    Claim const& claim, std::span<Entry const> entries, std::string_view party)
{
    auto const now = standing_of(claim, entries);
    bool const creditor = party == claim.creditor;
    std::vector<ClaimAct> out;
    if (now.state == ClaimState::draft || now.state == ClaimState::proposed)
        return { ClaimAct::claimed, ClaimAct::dropped };
    if (now.state == ClaimState::dropped || now.state == ClaimState::failed) return out;
    auto const* waiting = proposal_waiting(entries);
    if (waiting && waiting->party == party) return { proposed_act(*waiting), ClaimAct::dropped };
    for (auto const& each : entries) {
        bool const theirs = each.act == ClaimAct::paid && each.party != party;
        if (!theirs || is_answered(entries, each) || failed(entries, each)) continue;
        out = { ClaimAct::received, ClaimAct::not_received };
    }
    auto const left = now.outstanding - now.to_creditor;
    if (creditor && left > 0) out.push_back(ClaimAct::waived);
    if (creditor && -now.outstanding - now.to_debtor > 0) out.push_back(ClaimAct::paid);
    if (creditor || now.outstanding <= 0) return out;
    if (left > 0) out.push_back(ClaimAct::paid);
    out.insert(out.end(), { ClaimAct::accepted, ClaimAct::partly_accepted, ClaimAct::disputed });
    return out;
}

} // namespace comity::claims
