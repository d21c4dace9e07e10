#include "casework/arrival.h"
#include "identification/answer.h"

#include <algorithm>

/// Hits that the node does not tell alone: where a State sets two officers for the release of a
/// hit (casework/four_eyes.h), the first has the comparison made and proposes what it found, the
/// second confirms it, and it leaves if the file still says the same.
namespace comity::identification {

using casework::CaseState;
using message::Type;
using store::Transaction;

namespace {

constexpr std::string_view releases = "dna-result";

/// Whom a result names, in no order: each comparison gives its hits numbers of their own.
std::vector<std::string> named_by(message::DnaResult const& result)
{
    std::vector<std::string> out;
    for (auto const& each : result.matches)
        out.push_back(each.profile_number + '\n' + each.found_number);
    if (result.candidates)
        for (auto const& each : *result.candidates) out.push_back(each.found_number);
    std::ranges::sort(out);
    return out;
}

Error nothing_waits(std::string_view what)
{
    return { Error::Kind::conflict, std::string { what }, "number" };
}

} // namespace

bool Identification::guards(message::DnaResult const& result) const
{
    json::Object const told { { "result", json::word(result.result) } };
    return casework::guarded(settings_.four_eyes, releases, told).has_value();
}

/// It stays open in the inbox.
Result<void> Identification::hold(Task const& task, Ready const& ready)
{
    auto const now = clock_();
    return rooms_.store.write([&](Transaction& t) -> Result<void> {
        if (!TRY(finish_task(t, task))) return {};
        auto const& row = ready.asked.row;
        TRY(casework::insert_event(t,
            { row.number, now, now, "dna-hit-waits", casework::node_of(settings_.party), {},
                { "A31(4)(d)" }, { { "party", row.requesting } } }));
        rooms_.casework.tell(t, row.number);
        return {};
    });
}

Result<void> Identification::hold_later(Transaction& transaction, LaterHit const& hit)
{
    auto const now = clock_();
    TRY(casework::insert_event(transaction,
        { hit.number, now, now, "dna-later-hit-waits", casework::node_of(settings_.party), {},
            { "A20(2)", "A31(4)(d)" }, { { "party", hit.sealed.manifest.to.state } } }));
    rooms_.casework.tell(transaction, hit.number);
    return {};
}

Result<casework::CaseRow> Identification::asked_of_us(
    Transaction& transaction, std::string_view number, casework::Officer const& officer)
{
    auto row = TRY(casework::find_case(transaction, number));
    if (!row || row->kind != dna_kind || row->requested != settings_.party)
        return Error { Error::Kind::not_found, "no comparison was asked of us under this number",
            "number" };
    if (auto const refused = TRY(casework::refused_to_open(transaction, number, officer, clock_())))
        return Error { Error::Kind::not_permitted, refused->what, refused->provision };
    return std::move(*row);
}

Result<Identification::Asked> Identification::to_release(
    Transaction& transaction, std::string_view number, casework::Officer const& officer)
{
    auto const row = TRY(asked_of_us(transaction, number, officer));
    if (row.state != CaseState::received && row.state != CaseState::answered)
        return nothing_waits("this comparison waits for no answer of ours");
    if (TRY(has_task(transaction, row.request_message)))
        return nothing_waits("the node is about to compare it by itself");
    auto asked = TRY(asked_of(transaction, row, officer));
    if (!asked) return nothing_waits("what was asked is destroyed, or closed to you");
    if (!asked->request.other_material.empty() || asked->request.profiles.empty())
        return nothing_waits("only profiles are compared here; other material is an expert's");
    return std::move(*asked);
}

Result<std::int64_t> Identification::propose(Ready const& ready, casework::Officer const& officer)
{
    auto const& row = ready.asked.row;
    auto const told = json::write(ready.answer.result).as_object();
    auto const until = ready.manifest.retention
        ? std::optional { ready.manifest.retention->erase_by }
        : std::nullopt;
    return rooms_.store.write([&](Transaction& t) {
        return rooms_.casework.propose(t,
            { row.number, releases, row.purpose, casework::GuardedAct::release_hit, told, until,
                officer });
    });
}

Result<casework::TakenStep> Identification::release(
    std::string_view number, casework::Officer const& officer)
{
    auto asked
        = TRY(rooms_.store.write([&](Transaction& t) { return to_release(t, number, officer); }));
    return release_now(TRY(prepare(std::move(asked))), officer, nullptr);
}

Result<casework::TakenStep> Identification::release_now(
    Ready ready, casework::Officer const& officer, casework::Confirmation const* confirmation)
{
    casework::TakenStep out;
    out.composed.judged.push_back({ "answer", ready.situation, ready.decision });
    if (ready.decision.verdict != treaty::Verdict::permitted) return out;
    auto const& row = ready.asked.row;
    bool const later = row.state == CaseState::answered;
    if (later && !ready.hit()) return nothing_waits("it was answered, and nothing came later");
    if (!confirmation && guards(ready.answer.result)) {
        out.proposal = TRY(propose(ready, officer));
        return out;
    }
    auto const leave = TRY(later ? leaves_later(ready, officer) : leaves(ready, officer));
    out.messages.push_back(TRY(rooms_.store.write([&](Transaction& t) -> Result<std::string> {
        auto const current = TRY(casework::find_case(t, row.number));
        if (!current || current->state != row.state)
            return nothing_waits("a colleague was quicker");
        auto made = TRY(leave(t));
        if (confirmation) TRY(rooms_.casework.settle_proposal(t, *confirmation, made));
        return made;
    })));
    return out;
}

/// Seals are slow: outside the writer.
Result<Identification::Leaves> Identification::leaves(
    Ready const& ready, casework::Officer const& officer)
{
    auto sealed = TRY(rooms_.exchange.seal(result_out(ready)));
    return Leaves { [this, &ready, name = officer.name, sealed = std::move(sealed)](
                        Transaction& t) { return keep_result(t, ready, sealed, name); } };
}

Result<Identification::Leaves> Identification::leaves_later(
    Ready& ready, casework::Officer const& officer)
{
    auto& result = ready.answer.result;
    result.later = true;
    auto const match
        = result.matches.empty() ? result.candidates->front().match : result.matches.front().match;
    auto hit = TRY(later_hit(ready.asked.row, result, match));
    return Leaves { [this, name = officer.name, hit = std::move(hit)](
                        Transaction& t) { return tell_later(t, hit, name); } };
}

/// What was read is what leaves, or nothing does.
Result<casework::TakenStep> Identification::let_leave(
    casework::Confirmation const& confirmation, json::Object const& draft)
{
    auto const& proposal = confirmation.proposal;
    json::Value const value = draft;
    auto read = TRY(json::read<message::DnaResult>(value, json::Unknown::refuse));
    auto asked = TRY(rooms_.store.write(
        [&](Transaction& t) { return to_release(t, proposal.case_number, confirmation.second); }));
    auto ready = TRY(prepare(std::move(asked)));
    if (named_by(ready.answer.result) != named_by(read))
        return Error { Error::Kind::conflict,
            "the file says something else by now: send it back, and have it compared anew",
            "proposal" };
    ready.answer.result.matches = std::move(read.matches);
    ready.answer.result.candidates = std::move(read.candidates);
    casework::Officer const first { proposal.account, proposal.name,
        confirmation.second.clearance };
    return release_now(std::move(ready), first, &confirmation);
}

} // namespace comity::identification
