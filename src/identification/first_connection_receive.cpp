#include "casework/arrival.h"
#include "identification/first_connection.h"
#include "identification/result.h"
#include "message/content.h"

#include <fmt/format.h>

/// The messages of a first connection as they come in, each in the commit that stores it.
namespace comity::identification {

using casework::CaseState;
using exchange::Delivered;
using exchange::Disposition;
using message::Type;
using store::Transaction;

namespace {

constexpr std::int64_t no_sheet_yet = -1;

Error malformed(std::string_view field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::string { field } };
}

Disposition no_such_run(message::Manifest const& manifest)
{
    return casework::rejected({ Error::Kind::not_found,
        fmt::format("no first connection between us has the number '{}'",
            manifest.case_reference.yours.value_or(manifest.case_reference.ours)),
        "caseReference" });
}

template <class Body> Result<Body> body_of(Delivered const& delivered)
{
    return json::read_text<Body>(as_text(delivered.parts.at(0).content), json::Unknown::keep);
}

Disposition taken(treaty::Law const& law, std::optional<Instant> due = {})
{
    return { json::word(treaty::Verdict::permitted), law.version(), {}, {}, due };
}

/// Why a portion does not fit its run, if there is a reason.
Result<void> check(message::DnaRunPortion const& sent, RunRow const& run, dna::RuleSet const& rules,
    dna::LocusTable const& table)
{
    if (run.state != RunState::agreed && run.state != RunState::running)
        return malformed("caseNumber", "nobody agreed to this run, or it is complete");
    if (sent.portion != static_cast<std::uint64_t>(run.portions_sent) + 1
        || sent.portion > static_cast<std::uint64_t>(run.portions))
        return malformed("portion",
            fmt::format("portion {} of {}: {} comes next", sent.portion, run.portions,
                run.portions_sent + 1));
    for (std::size_t i = 0; i < sent.profiles.size(); ++i) {
        auto const path = fmt::format("profiles[{}]", i);
        if (sent.profiles[i].kind != run.kind)
            return malformed(path + ".kind", "another kind than was agreed on");
        auto const read = profile_of(sent.profiles[i], table);
        if (!read.ok())
            return malformed(fmt::format("{}.{}", path, read.error().field), read.error().what);
        if (auto const refusal = dna::refusal_of_exchange(read.value(), rules, table))
            return malformed(path, fmt::format("{} ({})", refusal->reason, refusal->reference));
    }
    return {};
}

/// What is wrong with the next sheet of a portion's result, if something is.
Result<void> check(message::DnaRunResult const& sent, std::optional<RunPortion> const& portion)
{
    if (!portion || portion->sheets_missing == 0)
        return malformed("portion", "no portion of that number waits for its result");
    bool const first = portion->sheets_missing == no_sheet_yet;
    bool const next = first
        ? sent.sheet == 1
        : sent.sheets - sent.sheet + 1 == static_cast<std::uint64_t>(portion->sheets_missing);
    if (!next) return malformed("sheet", "not the sheet that comes next");
    return {};
}

} // namespace

Result<std::optional<RunRow>> FirstConnection::run_of(
    Transaction& transaction, message::Manifest const& manifest) const
{
    auto const& from = manifest.from.state;
    auto found = TRY(find_run(transaction, manifest.case_reference.yours.value_or("")));
    if (!found || found->peer != from)
        found = TRY(
            find_run(transaction, casework::incoming_number(from, manifest.case_reference.ours)));
    if (found && found->peer != from) found.reset();
    return found;
}

Result<Disposition> FirstConnection::receive_proposal(
    Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const now = delivered.received_at;
    auto const read = body_of<message::DnaRunProposal>(delivered);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& proposal = read.value();
    auto const& knowledge = rooms_.database.knowledge();
    auto const rules = TRY(rules_with(from));
    auto const typed = loci_counts(proposal.loci_typed, knowledge.table);
    if (!typed.ok()) return casework::rejected(typed.error());
    auto const kind = kind_of({ .kind = std::string { json::word(proposal.kind) } });
    if (!kind.ok()) return casework::rejected(kind.error());
    auto const number = casework::incoming_number(from, proposal.case_number);
    if (TRY(casework::find_case(transaction, number)))
        return casework::rejected(malformed("caseNumber", number + " is in use"));
    auto const request = as_request(proposal);
    auto const last_day
        = manifest.retention ? std::optional { manifest.retention->erase_by } : std::nullopt;
    auto const situation = situation_of(ways(), request, { from, last_day, false }, now);
    if (!situation.ok()) return casework::rejected(situation.error());
    auto const decision = treaty::decide(rooms_.law, situation.value());
    auto const file = rooms_.database.compared_with(category_of(kind.value()));
    auto const chance = dna::expected_of_connection(typed.value(), file, rules, knowledge.table,
        knowledge.frequencies, rooms_.database.theta());
    RunRow const run { .number = number,
        .peer_number = proposal.case_number,
        .peer = from,
        .kind = proposal.kind,
        .profiles = proposal.profiles_to_compare,
        .portions = proposal.portions,
        .chance = chance_as_sent(chance, sum_of(file)),
        .proposal = manifest.id,
        .proposed_at = now,
        .moved_at = now };
    auto const kept = rooms_.casework.keep(transaction, manifest, number,
        as_text(delivered.parts.at(0).content), { {}, {}, proposal.offence },
        { { "receiver", settings_.party, now, treaty::record(situation.value(), decision) } });
    if (!kept.ok() && casework::is_fault_of_message(kept.error()))
        return casework::rejected(kept.error());
    if (!kept.ok()) return kept.error();
    auto const due = due_of_run(from, now);
    TRY(casework::put_case(transaction,
        { number, proposal.case_number, std::string { run_kind }, proposal.purpose, {}, from,
            settings_.party, CaseState::received, now, due, manifest.id }));
    TRY(insert_run(transaction, run));
    TRY(note(transaction, run, "dna-run-proposal-received", casework::node_of(from), manifest.id,
        { { "profiles", std::to_string(run.profiles) } }));
    return Disposition { json::word(decision.verdict), rooms_.law.version(),
        casework::checks_of(decision), {}, due };
}

Result<Disposition> FirstConnection::receive_answer(
    Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const read = body_of<message::DnaRunAnswer>(delivered);
    if (!read.ok()) return casework::rejected(read.error());
    auto run = TRY(run_of(transaction, manifest));
    if (!run || !run->ours) return no_such_run(manifest);
    if (run->state != RunState::proposed)
        return casework::rejected(malformed("agrees", "this run was answered already"));
    auto const kept = rooms_.casework.keep(
        transaction, manifest, run->number, as_text(delivered.parts.at(0).content));
    if (!kept.ok() && casework::is_fault_of_message(kept.error()))
        return casework::rejected(kept.error());
    if (!kept.ok()) return kept.error();
    bool const agrees = read.value().agrees;
    run->state = agrees ? RunState::agreed : RunState::refused;
    run->chance = read.value().run_chance;
    run->peer_number = manifest.case_reference.ours;
    TRY(save_run(transaction, *run));
    if (!agrees) TRY(casework::set_state(transaction, run->number, CaseState::refused));
    TRY(note(transaction, *run, agrees ? "dna-run-agreed" : "dna-run-refused",
        casework::node_of(run->peer), manifest.id));
    return taken(rooms_.law);
}

Result<Disposition> FirstConnection::receive_portion(
    Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const read = body_of<message::DnaRunPortion>(delivered);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& sent = read.value();
    auto run = TRY(run_of(transaction, manifest));
    if (!run || run->ours) return no_such_run(manifest);
    auto const rules = TRY(rules_with(run->peer));
    auto const checked = check(sent, *run, rules, rooms_.database.knowledge().table);
    if (!checked.ok()) return casework::rejected(checked.error());
    auto const kept = rooms_.casework.keep(
        transaction, manifest, run->number, as_text(delivered.parts.at(0).content));
    if (!kept.ok() && casework::is_fault_of_message(kept.error()))
        return casework::rejected(kept.error());
    if (!kept.ok()) return kept.error();
    if (run->state == RunState::agreed)
        TRY(begun(transaction, *run, casework::node_of(run->peer), manifest.id));
    run->portions_sent = sent.portion;
    TRY(save_run(transaction, *run));
    TRY(insert_portion(transaction,
        { run->number, sent.portion, manifest.id, static_cast<std::int64_t>(sent.profiles.size()),
            0, no_sheet_yet }));
    TRY(wake(transaction, *run));
    rooms_.casework.tell(transaction, run->number);
    return taken(rooms_.law, run->due_at);
}

Result<Disposition> FirstConnection::receive_result(
    Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const read = body_of<message::DnaRunResult>(delivered);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& sent = read.value();
    auto run = TRY(run_of(transaction, manifest));
    if (!run || !run->ours) return no_such_run(manifest);
    auto portion = TRY(find_portion(transaction, run->number, std::int64_t { sent.portion }));
    auto const checked = check(sent, portion);
    if (!checked.ok()) return casework::rejected(checked.error());
    auto const kept = rooms_.casework.keep(
        transaction, manifest, run->number, as_text(delivered.parts.at(0).content));
    if (!kept.ok() && casework::is_fault_of_message(kept.error()))
        return casework::rejected(kept.error());
    if (!kept.ok()) return kept.error();
    portion->sheets_missing = sent.sheets - sent.sheet;
    portion->hits = sent.matches_found;
    if (portion->sheets_missing > 0) {
        TRY(save_portion(transaction, *portion));
        return taken(rooms_.law);
    }
    TRY(portion_done(transaction, *run, *portion));
    TRY(wake(transaction, *run));
    return taken(rooms_.law);
}

Result<Disposition> FirstConnection::receive_stop(
    Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const read = body_of<message::DnaRunStop>(delivered);
    if (!read.ok()) return casework::rejected(read.error());
    auto run = TRY(run_of(transaction, manifest));
    if (!run) return no_such_run(manifest);
    auto const kept = rooms_.casework.keep(
        transaction, manifest, run->number, as_text(delivered.parts.at(0).content));
    if (!kept.ok() && casework::is_fault_of_message(kept.error()))
        return casework::rejected(kept.error());
    if (!kept.ok()) return kept.error();
    bool const stops = read.value().run_order == message::RunOrder::stop;
    run->stopped_there = stops;
    TRY(save_run(transaction, *run));
    TRY(note(transaction, *run, stops ? "dna-run-stopped" : "dna-run-resumed",
        casework::node_of(run->peer), manifest.id));
    if (!stops) TRY(wake(transaction, *run));
    return taken(rooms_.law);
}

} // namespace comity::identification
