#include "claims/claims.h"

#include "casework/arrival.h"
#include "message/content.h"

#include <fmt/format.h>

/// What comes from the other node about claims. A message that cannot be right is rejected with its
/// reason; whether money is owed is for officers to say.
namespace comity::claims {

using exchange::Delivered;
using message::DamageCause;
using message::SettlementOutcome;
using message::Type;
using store::Transaction;

namespace {

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

Result<void> check_money(std::string const& field, message::Money const& money)
{
    TRY(check_amount(field + ".amountMinor", money.amount_minor));
    if (is_currency(money.currency)) return {};
    return malformed(field + ".currency", "is no ISO 4217 code that this ledger keeps");
}

Result<void> check_number(std::string const& number, std::string_view creditor)
{
    if (number.starts_with(fmt::format("{}-", creditor))) return {};
    return malformed("claimNumber",
        fmt::format("a claim of {} has a number that begins with {}-", creditor, creditor));
}

Result<ClaimRow> claim_in(message::ReimbursementRequest const& said)
{
    TRY(check_money("total", said.total));
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < said.items.size(); ++i) {
        auto const& amount = said.items[i].amount;
        auto const field = fmt::format("items[{}].amount", i);
        TRY(check_money(field, amount));
        if (amount.currency != said.total.currency)
            return malformed(field + ".currency", "is another currency than that of the sum");
        sum += amount.amount_minor; // 200 items at most, each below amount_max
    }
    if (sum != said.total.amount_minor) return malformed("total", "is not the sum of the items");
    ClaimRow out { { said.claim_number, {}, {}, said.ground_provision, said.total.amount_minor,
        said.total.currency } };
    out.subject = said.items.front().subject;
    return out;
}

Result<ClaimRow> claim_in(message::DamageClaim const& said)
{
    if (said.cause == DamageCause::other)
        return malformed("cause", "a damage that neither officials nor data caused is not claimed");
    if (!said.paid_to_injured)
        return malformed("paidToInjured", "what was paid is reimbursed, and nothing was");
    TRY(check_money("paidToInjured", *said.paid_to_injured));
    if (said.damage.currency != said.paid_to_injured->currency)
        return malformed("damage.currency", "is another currency than that of the payment");
    bool const data = said.cause == DamageCause::personal_data;
    if (data && said.messages.empty())
        return malformed("messages", "Art. 31(5): name the message that brought the data");
    ClaimRow out { { said.claim_number, {}, {}, data ? "A31(5)-3" : "A23(3)",
        said.paid_to_injured->amount_minor, said.paid_to_injured->currency } };
    out.subject = said.circumstances;
    return out;
}

template <class Content> Result<ClaimRow> read_claim(std::string_view text)
{
    auto const read = TRY(json::read_text<Content>(text, json::Unknown::keep));
    return claim_in(read);
}

ClaimAct act_of(SettlementOutcome outcome)
{
    switch (outcome) {
    case SettlementOutcome::accepted: return ClaimAct::accepted;
    case SettlementOutcome::partly_accepted: return ClaimAct::partly_accepted;
    case SettlementOutcome::declined: return ClaimAct::disputed;
    case SettlementOutcome::paid: return ClaimAct::paid;
    case SettlementOutcome::received: return ClaimAct::received;
    case SettlementOutcome::not_received: return ClaimAct::not_received;
    case SettlementOutcome::waived: break;
    }
    return ClaimAct::waived;
}

EntryRow entry_of(message::Settlement const& said, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    EntryRow out { { act_of(said.outcome), manifest.from.state, manifest.created_at,
                       said.amount ? said.amount->amount_minor : 0, manifest.id },
        0, said.claim_number, delivered.received_at, casework::node_of(manifest.from.state) };
    auto const act = out.entry.act;
    if (act == ClaimAct::accepted || act == ClaimAct::disputed) out.entry.amount = 0;
    if ((act == ClaimAct::received || act == ClaimAct::not_received) && manifest.in_reply_to)
        out.entry.answers = manifest.in_reply_to->id;
    out.text = said.text.value_or("");
    out.reference = said.payment_reference.value_or("");
    if (said.dispute_ground) out.ground = json::word(*said.dispute_ground);
    out.paid_on = said.paid_on;
    return out;
}

/// Whether the rejection goes back as a signed receipt.
bool is_theirs(Error const& error)
{
    return error.kind == Error::Kind::malformed || error.kind == Error::Kind::conflict
        || error.kind == Error::Kind::not_found || error.kind == Error::Kind::too_large;
}

} // namespace

/// Our number of the case: the one that they name, or one that is opened for it.
Result<std::string> Claims::case_of(Transaction& transaction, Delivered const& delivered) const
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const yours = manifest.case_reference.yours.value_or("");
    auto const known = TRY(casework::find_case(transaction, yours));
    if (known && (known->requesting == from || known->requested == from)) return known->number;
    auto const number = casework::incoming_number(from, manifest.case_reference.ours);
    if (TRY(casework::find_case(transaction, number))) return number;
    TRY(casework::put_case(transaction,
        { number, manifest.case_reference.ours, manifest.type, manifest.purpose, {}, from,
            settings_.of.party, casework::CaseState::informed, delivered.received_at, {},
            manifest.id }));
    return number;
}

Claims::Taken Claims::receive_claim(Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const text = as_text(delivered.parts.at(0).content);
    bool const damage = manifest.type == json::word(Type::damage_claim);
    auto read = damage ? read_claim<message::DamageClaim>(text)
                       : read_claim<message::ReimbursementRequest>(text);
    if (!read.ok()) return casework::rejected(read.error());
    auto row = read.take();
    row.claim.creditor = manifest.from.state;
    row.claim.debtor = settings_.of.party;
    auto const numbered = check_number(row.claim.number, manifest.from.state);
    if (!numbered.ok()) return casework::rejected(numbered.error());
    if (TRY(find_claim(transaction, row.claim.number)))
        return casework::rejected({ Error::Kind::conflict,
            fmt::format("there is a claim with the number '{}' already", row.claim.number),
            "claimNumber" });
    return keep_claim(transaction, delivered, std::move(row));
}

Claims::Taken Claims::keep_claim(Transaction& transaction, Delivered const& delivered, ClaimRow row)
{
    auto const& manifest = delivered.manifest;
    auto const& claim = row.claim;
    row.case_number = TRY(case_of(transaction, delivered));
    row.opened_at = delivered.received_at;
    for (auto const& cost : TRY(costs_expected(transaction, settings_.of.party))) {
        bool const same = cost.case_number == row.case_number && cost.paid_by == claim.creditor
            && cost.amount == claim.amount && cost.currency == claim.currency
            && cost.provision == claim.provision;
        if (same && row.cost == 0) row.cost = cost.place;
    }
    if (auto rejected = TRY(post_.keep(transaction, delivered, row.case_number,
            { { "claim", claim.number },
                { "amount", amount_text(claim.amount, claim.currency) } })))
        return *rejected;
    TRY(insert_claim(transaction, row));
    EntryRow entry { { ClaimAct::claimed, claim.creditor, manifest.created_at, claim.amount,
                         manifest.id },
        0, claim.number, delivered.received_at, casework::node_of(claim.creditor) };
    entry.effect = effect_of(claim, {}, entry.entry);
    TRY(insert_entry(transaction, entry));
    return post_.taken();
}

Claims::Taken Claims::receive_settlement(Transaction& transaction, Delivered const& delivered)
{
    auto const& from = delivered.manifest.from.state;
    auto const text = as_text(delivered.parts.at(0).content);
    auto const read = json::read_text<message::Settlement>(text, json::Unknown::keep);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& said = read.value();
    auto const row = TRY(find_claim(transaction, said.claim_number));
    bool const between = row && (row->claim.creditor == from || row->claim.debtor == from);
    if (!between)
        return casework::rejected(
            { Error::Kind::not_found, "no claim between us has this number", "claimNumber" });
    auto const& claim = row->claim;
    if (said.amount && said.amount->currency != claim.currency)
        return casework::rejected(malformed(
            "amount.currency", fmt::format("claim {} is in {}", claim.number, claim.currency)));
    auto entry = entry_of(said, delivered);
    auto const before = entries_in(TRY(claims::entries_of(transaction, claim.number)));
    auto const checked = check_theirs(claim, before, entry.entry);
    if (!checked.ok() && is_theirs(checked.error())) return casework::rejected(checked.error());
    if (!checked.ok()) return checked.error();
    json::Object facts { { "claim", claim.number }, { "act", json::word(entry.entry.act) } };
    if (entry.entry.amount != 0) facts["amount"] = amount_text(entry.entry.amount, claim.currency);
    if (!entry.ground.empty()) facts["ground"] = entry.ground;
    if (auto rejected = TRY(post_.keep(transaction, delivered, row->case_number, std::move(facts))))
        return *rejected;
    entry.effect = effect_of(claim, before, entry.entry);
    TRY(insert_entry(transaction, entry));
    return post_.taken();
}

/// The other node did not take a message of ours: it counts as never said, and stays to be read.
Result<void> Claims::hear_failure(Transaction& transaction, std::string const& message)
{
    auto const said = TRY(entry_of_message(transaction, message));
    if (!said) return {};
    auto const row = TRY(find_claim(transaction, said->claim));
    MUST(row.has_value());
    auto const now = clock_();
    EntryRow entry { { ClaimAct::failed, settings_.of.party, now, said->entry.amount, {}, message },
        0, said->claim, now, casework::node_of(settings_.of.party) };
    auto const before = entries_in(TRY(claims::entries_of(transaction, said->claim)));
    entry.effect = effect_of(row->claim, before, entry.entry);
    TRY(insert_entry(transaction, entry));
    return mark_taken(transaction, message);
}

} // namespace comity::claims
