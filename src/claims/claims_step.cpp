#include "claims/claims.h"

#include "message/content.h"
#include "rights/need.h"

#include <fmt/format.h>

#include <algorithm>

/// What an officer does with a claim: each act is an entry, and what the other Party has to know
/// leaves as a message in the same commit.
namespace comity::claims {

using message::SettlementOutcome;
using message::Type;
using rights::Letter;
using store::Transaction;

namespace {

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

bool leaves(ClaimAct act)
{
    return act != ClaimAct::dropped && act != ClaimAct::proposed;
}

/// MUST: an act of that a settlement can tell.
SettlementOutcome outcome_of(ClaimAct act)
{
    switch (act) {
    case ClaimAct::accepted: return SettlementOutcome::accepted;
    case ClaimAct::partly_accepted: return SettlementOutcome::partly_accepted;
    case ClaimAct::disputed: return SettlementOutcome::declined;
    case ClaimAct::paid: return SettlementOutcome::paid;
    case ClaimAct::received: return SettlementOutcome::received;
    case ClaimAct::not_received: return SettlementOutcome::not_received;
    default: MUST(act == ClaimAct::waived); return SettlementOutcome::waived;
    }
}

bool speaks_of_amount(ClaimAct act)
{
    return act != ClaimAct::accepted && act != ClaimAct::disputed;
}

/// The oldest payment of the other side that waits for our word.
std::string payment_waiting(std::span<EntryRow const> rows, std::string_view own)
{
    for (auto const& row : rows) {
        bool const answered = std::ranges::any_of(
            rows, [&](EntryRow const& each) { return each.entry.answers == row.entry.message; });
        if (row.entry.act == ClaimAct::paid && row.entry.party != own && !answered)
            return row.entry.message;
    }
    return {};
}

std::int64_t usual_amount(
    Claim const& claim, std::span<EntryRow const> rows, Entry const& entry, ClaimStep const& step)
{
    if (entry.act == ClaimAct::claimed) return claim.amount;
    if (!speaks_of_amount(entry.act)) return 0;
    for (auto const& row : rows)
        if (!entry.answers.empty() && row.entry.message == entry.answers) return row.entry.amount;
    auto const now = standing_of(claim, entries_in(rows));
    if (entry.act == ClaimAct::waived && !step.amount_minor)
        return now.outstanding - now.to_creditor;
    return step.amount_minor.value_or(0);
}

Result<void> check_words(ClaimStep const& step, Date today)
{
    bool const disputes = step.act == ClaimAct::disputed || step.act == ClaimAct::partly_accepted;
    if (disputes && !step.ground) return malformed("ground", "say why it is not owed");
    if (!disputes && step.ground) return malformed("ground", "is for a dispute alone");
    if (step.text && !step.text->empty()) TRY(rights::check_text("text", *step.text));
    if (step.act == ClaimAct::paid && step.reference.value_or("").empty())
        return malformed("reference", "name the payment, so that the other Party finds it");
    if (step.act == ClaimAct::paid && !step.paid_on)
        return malformed("paidOn", "say on which day it was paid");
    if (step.paid_on && *step.paid_on > today) return malformed("paidOn", "is a day to come");
    return {};
}

ClaimStep proposed_step(EntryRow const& proposal)
{
    auto const& entry = proposal.entry;
    ClaimStep out { proposed_act(entry) };
    if (entry.amount != 0) out.amount_minor = entry.amount;
    out.ground = json::from_word<message::DisputeGround>(proposal.ground);
    if (!proposal.text.empty()) out.text = proposal.text;
    if (!proposal.reference.empty()) out.reference = proposal.reference;
    out.paid_on = proposal.paid_on;
    if (!entry.proposes_answer.empty()) out.answers = entry.proposes_answer;
    return out;
}

/// What was read is what leaves: nothing that the second officer says may be another thing.
Result<ClaimStep> as_proposed(ClaimStep const& step, EntryRow const& proposal)
{
    auto out = proposed_step(proposal);
    std::string_view differs;
    auto const hold = [&](auto const& said, auto const& proposed, std::string_view field) {
        if (said && said != proposed) differs = field;
    };
    hold(step.amount_minor, out.amount_minor, "amountMinor");
    hold(step.ground, out.ground, "ground");
    hold(step.text, out.text, "text");
    hold(step.reference, out.reference, "reference");
    hold(step.paid_on, out.paid_on, "paidOn");
    hold(step.answers, out.answers, "answers");
    if (step.act != out.act) differs = "act";
    if (differs.empty()) return out;
    return Error { Error::Kind::conflict,
        "something else was proposed and waits for a second officer: send that, or drop it",
        std::string { differs } };
}

EntryRow const* row_waiting(std::span<EntryRow const> rows, std::string_view own)
{
    auto const entries = entries_in(rows);
    auto const* found = proposal_waiting(entries);
    return found && found->party == own ? &rows[std::size_t(found - entries.data())] : nullptr;
}

message::Period day_of(Date day)
{
    return { Instant { day }, Instant { day } + std::chrono::days { 1 } };
}

} // namespace

Result<json::Object> Claims::opening_of(ClaimRow const& row, CostRow const& cost) const
{
    auto const& claim = row.claim;
    message::Money const amount { claim.amount, claim.currency };
    bool const data = cost.kind == treaty::CostKind::damage_by_data;
    if (!data && cost.kind != treaty::CostKind::damage_by_officials) {
        message::ReimbursementRequest said { claim.number, claim.provision, {}, amount, {}, {} };
        said.items.push_back({ row.subject, amount, cost.day });
        TRY(message::check_body(said));
        return json::write(said).as_object();
    }
    auto const cause = data ? message::DamageCause::personal_data
                            : message::DamageCause::officials_at_their_tasks;
    message::DamageClaim said { .claim_number = claim.number,
        .cause = cause,
        .happened = day_of(cost.day),
        .circumstances = row.subject,
        .damage = amount,
        .paid_to_injured = amount };
    if (data) {
        auto const item = TRY(post_.reply_to(cost.item));
        said.messages.push_back({ cost.item, item.manifest_sha256 });
        if (!cost.register_rows.empty()) said.register_rows = cost.register_rows;
    }
    TRY(message::check_body(said));
    return json::write(said).as_object();
}

Result<Letter> Claims::letter_of(Planned const& planned, ClaimStep const& step) const
{
    auto const& [claim, case_number, cost_place, subject, opened_at] = planned.row;
    auto const& entry = planned.entry.entry;
    auto const& other = claim.creditor == settings_.of.party ? claim.debtor : claim.creditor;
    return rooms_.store.read([&](Transaction& t) -> Result<Letter> {
        auto const in = TRY(rights::case_numbered(t, case_number));
        Letter out { Type::settlement, other, case_number, {}, {}, {}, in.purpose };
        bool const theirs = in.requesting == other || in.requested == other;
        if (theirs && !in.peer_number.empty()) out.peer_number = in.peer_number;
        out.provisions = { claim.provision };
        if (entry.act == ClaimAct::claimed) {
            auto const cost = TRY(find_cost(t, cost_place));
            MUST(cost.has_value());
            bool const damage = cost->kind == treaty::CostKind::damage_by_data
                || cost->kind == treaty::CostKind::damage_by_officials;
            out.type = damage ? Type::damage_claim : Type::reimbursement_request;
            out.content = TRY(opening_of(planned.row, *cost));
            return out;
        }
        message::Settlement said { claim.number, outcome_of(entry.act), {}, step.paid_on };
        if (speaks_of_amount(entry.act))
            said.amount = message::Money { entry.amount, claim.currency };
        if (!step.reference.value_or("").empty()) said.payment_reference = step.reference;
        if (!step.text.value_or("").empty()) said.text = step.text;
        said.dispute_ground = step.ground;
        TRY(message::check_body(said));
        out.content = json::write(said).as_object();
        auto const rows = TRY(claims::entries_of(t, claim.number));
        auto const opened = std::ranges::find_if(
            rows, [](EntryRow const& row) { return row.entry.act == ClaimAct::claimed; });
        MUST(opened != rows.end());
        out.answers
            = TRY(post_.reply_to(entry.answers.empty() ? opened->entry.message : entry.answers));
        return out;
    });
}

Result<Claims::Planned> Claims::plan(ClaimRow const& row, std::vector<EntryRow> const& before,
    ClaimStep const& step, Officer const& officer) const
{
    auto const& own = settings_.of.party;
    auto const now = clock_();
    Planned out { row, {}, {} };
    out.entry.entry = { step.act, own, now };
    auto& entry = out.entry.entry;
    out.entry.claim = row.claim.number;
    out.entry.recorded_at = now;
    out.entry.actor = officer.name;
    if (officer.has_account) out.entry.account = officer.account;
    if (step.act == ClaimAct::received || step.act == ClaimAct::not_received)
        entry.answers = step.answers.value_or(payment_waiting(before, own));
    entry.amount = usual_amount(row.claim, before, entry, step);
    out.entry.text = step.text.value_or("");
    out.entry.reference = step.reference.value_or("");
    if (step.ground) out.entry.ground = json::word(*step.ground);
    out.entry.paid_on = step.paid_on;
    return out;
}

namespace {

/// A draft is sent once or dropped once; everything else is for the account to judge.
Result<void> check_step(
    ClaimRow const& row, std::vector<EntryRow> const& before, EntryRow const& entry)
{
    auto const entries = entries_in(before);
    auto const act = entry.entry.act;
    auto const open = open_acts(row.claim, entries, entry.entry.party);
    bool const of_draft = act == ClaimAct::claimed || act == ClaimAct::dropped;
    if (of_draft && std::ranges::count(open, act) == 0)
        return Error { Error::Kind::conflict, "this claim is no draft any more", "act" };
    if (of_draft) return {};
    auto const* waiting = proposal_waiting(entries);
    if (waiting && waiting->party == entry.entry.party && act != proposed_act(*waiting))
        return Error { Error::Kind::conflict, "another act waits for a second officer", "act" };
    bool const an_officers
        = act != ClaimAct::drafted && act != ClaimAct::proposed && act != ClaimAct::failed;
    if (!an_officers) return malformed("act", "is not for an officer to enter");
    return check_own(row.claim, entries, entry.entry);
}

} // namespace

Result<StepTaken> Claims::keep_at_home(Planned const& planned)
{
    auto const& entry = planned.entry.entry;
    bool const proposes = entry.act == ClaimAct::proposed;
    TRY(rooms_.store.write([&](Transaction& t) -> Result<void> {
        auto const before = TRY(claims::entries_of(t, planned.row.claim.number));
        if (proposes && row_waiting(before, settings_.of.party))
            return Error { Error::Kind::conflict, "it was proposed already", "act" };
        auto checked = planned.entry;
        if (proposes) checked.entry.act = proposed_act(entry);
        if (proposes) checked.entry.answers = entry.proposes_answer;
        TRY(check_step(planned.row, before, checked));
        TRY(insert_entry(t, planned.entry));
        return note(t, planned.row.case_number, "claim-" + json::word(entry.act),
            planned.entry.actor, { { "claim", planned.row.claim.number } });
    }));
    return StepTaken { {}, {}, proposes };
}

Result<std::string> Claims::send(
    Planned const& planned, ClaimStep const& step, Officer const& officer)
{
    auto const& row = planned.row;
    auto const letter = TRY(letter_of(planned, step));
    auto const sealed = TRY(post_.seal(letter));
    return rooms_.store.write([&](Transaction& t) -> Result<std::string> {
        auto const fresh = TRY(claims::entries_of(t, row.claim.number));
        auto const* waiting = row_waiting(fresh, settings_.of.party);
        if (planned.confirms != 0 && (!waiting || waiting->place != planned.confirms))
            return Error { Error::Kind::conflict, "what was proposed waits no more", "act" };
        TRY(check_step(row, fresh, planned.entry)); // a colleague may have been quicker
        auto const amount = amount_text(planned.entry.entry.amount, row.claim.currency);
        json::Object facts { { "claim", row.claim.number }, { "act", json::word(step.act) } };
        if (planned.entry.entry.amount != 0) facts["amount"] = amount;
        auto id = TRY(post_.submit(t, letter, sealed, officer.name, std::move(facts)));
        auto entry = planned.entry;
        entry.entry.message = id;
        entry.entry.at = sealed.manifest.created_at;
        entry.effect = effect_of(row.claim, entries_in(fresh), entry.entry);
        entry.waits = true;
        TRY(insert_entry(t, entry));
        return id;
    });
}

namespace {

/// What is to be sent becomes what is to be read by a second officer first.
EntryRow as_proposal(EntryRow entry)
{
    auto& said = entry.entry;
    if (said.act == ClaimAct::claimed) said.amount = 0;
    if (said.act != ClaimAct::claimed) said.proposes = said.act;
    said.proposes_answer = std::exchange(said.answers, {});
    said.act = ClaimAct::proposed;
    return entry;
}

} // namespace

Result<StepTaken> Claims::step(
    std::string_view number, ClaimStep const& asked, Officer const& officer)
{
    auto const [row, before] = TRY(rooms_.store.read(
        [&](Transaction& t) -> Result<std::pair<ClaimRow, std::vector<EntryRow>>> {
            auto found = TRY(find_claim(t, number));
            if (!found)
                return Error { Error::Kind::not_found,
                    fmt::format("there is no claim '{}'", number), "number" };
            return std::pair { std::move(*found), TRY(claims::entries_of(t, number)) };
        }));
    StepTaken out;
    out.refused = TRY(rights::refused_to_see(rooms_, row.case_number, officer));
    if (out.refused) return out;
    bool const two = settings_.of.four_eyes.send && leaves(asked.act);
    auto const* proposal = two ? row_waiting(before, settings_.of.party) : nullptr;
    auto const step = proposal ? TRY(as_proposed(asked, *proposal)) : asked;
    TRY(check_words(step, TRY(rooms_.vault.today())));
    auto planned = TRY(plan(row, before, step, officer));
    TRY(check_step(row, before, planned.entry));
    if (!leaves(step.act)) return keep_at_home(planned);
    if (proposal) out.refused = casework::refused_as_second(proposal->account, officer);
    if (out.refused) return out;
    if (two && !officer.has_account)
        return Error { Error::Kind::not_permitted,
            "this Party sets two officers for it, each with an account at the desk" };
    if (two && !proposal) {
        planned.entry = as_proposal(std::move(planned.entry));
        return keep_at_home(planned);
    }
    if (proposal) planned.confirms = proposal->place;
    out.message = TRY(send(planned, step, officer));
    return out;
}

} // namespace comity::claims
