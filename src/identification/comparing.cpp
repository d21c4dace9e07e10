#include "casework/arrival.h"
#include "identification/answer.h"
#include "identification/first_connection.h"
#include "identification/kin.h"
#include "message/content.h"

#include <fmt/format.h>

/// The requested side: a profile is judged as it arrives, compared by the node itself and answered;
/// what was found later is told (Article 20(1) and (2)).
namespace comity::identification {

using casework::CaseState;
using exchange::Delivered;
using exchange::Disposition;
using message::Type;
using store::Transaction;

namespace {

constexpr auto retention_rule = "A31(4)(b)-1";
constexpr std::int64_t tasks_per_round = 64;

protection::Actor node_at(std::string_view number)
{
    return { "node", std::string { number } };
}

std::optional<Date> erase_by(message::Manifest const& manifest)
{
    return manifest.retention ? std::optional { manifest.retention->erase_by } : std::nullopt;
}

CameFrom came_from(message::Manifest const& manifest)
{
    return { manifest.from.state, erase_by(manifest),
        manifest.urgency != message::Urgency::routine };
}

/// Its profiles must be ones that may be exchanged: one of wildcards alone would agree with
/// everybody. The sender's officer reads what is wrong.
Result<void> check(message::DnaRequest const& request, dna::RuleSet const& rules,
    dna::LocusTable const& table, std::optional<Date> erase_by)
{
    for (std::size_t i = 0; i < request.profiles.size(); ++i) {
        auto const path = fmt::format("profiles[{}]", i);
        auto const read = profile_of(request.profiles[i], table);
        if (!read.ok())
            return Error { Error::Kind::malformed, read.error().what,
                fmt::format("{}.{}", path, read.error().field) };
        if (auto const refusal = dna::refusal_of_exchange(read.value(), rules, table))
            return Error { Error::Kind::malformed,
                fmt::format("{} ({})", refusal->reason, refusal->reference), path };
    }
    return check_family(request, table, erase_by);
}

/// Prints and other material wait for an expert; so do relatives without their family, whom no
/// equal alleles find.
bool node_compares(message::DnaRequest const& request)
{
    bool const relatives = std::ranges::any_of(request.profiles,
        [](message::Profile const& each) { return each.kind == message::ProfileKind::relative; });
    return !request.profiles.empty() && request.other_material.empty()
        && (!relatives || request.family);
}

std::size_t found_in(message::DnaResult const& result)
{
    return result.matches.size() + (result.candidates ? result.candidates->size() : 0);
}

} // namespace

Result<dna::RuleSet> Identification::rules_with(std::string_view party) const
{
    auto const today = std::chrono::floor<std::chrono::days>(clock_());
    return rooms_.database.knowledge().rules_named(
        rooms_.terms.rules_between(settings_.party, party, today), today);
}

Result<Disposition> Identification::receive_request(
    Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const text = as_text(delivered.parts.at(0).content);
    auto const read = json::read_text<message::DnaRequest>(text, json::Unknown::keep);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& request = read.value();
    auto const rules = TRY(rules_with(manifest.from.state));
    auto const checked
        = check(request, rules, rooms_.database.knowledge().table, erase_by(manifest));
    if (!checked.ok()) return casework::rejected(checked.error());
    auto const now = delivered.received_at;
    auto const situation = situation_of(ways(), request, came_from(manifest), now);
    if (!situation.ok()) return casework::rejected(situation.error());
    auto const decision = treaty::decide(rooms_.law, situation.value());

    auto const& from = manifest.from.state;
    auto const number = casework::incoming_number(from, request.case_number);
    auto const due = due_of(ways(), from, manifest.urgency, now);
    auto const kept = rooms_.casework.keep(transaction, manifest, number, text, heading_of(request),
        { { "receiver", settings_.party, now, treaty::record(situation.value(), decision) } });
    if (!kept.ok() && casework::is_fault_of_message(kept.error()))
        return casework::rejected(kept.error());
    if (!kept.ok()) return kept.error();
    TRY(casework::put_case(transaction,
        { number, request.case_number, std::string { dna_kind }, request.purpose, {}, from,
            settings_.party, CaseState::received, now, due, manifest.id }));
    json::Object const facts { { "party", from }, { "verdict", json::word(decision.verdict) },
        { "profiles", std::to_string(request.profiles.size()) } };
    TRY(casework::insert_event(transaction,
        { number, manifest.created_at, now, "dna-request-received", casework::node_of(from),
            manifest.id, manifest.legal_basis.provisions, facts }));
    TRY(casework::insert_event(transaction,
        { number, now, now, "request-judged", casework::node_of(settings_.party), manifest.id,
            provisions_held(decision), facts }));
    auto const asked
        = TRY(count_asked(transaction, from, std::chrono::floor<std::chrono::days>(now)));
    bool const too_often = asked > settings_.asked_per_day_max;
    if (too_often)
        TRY(casework::insert_event(transaction,
            { number, now, now, "dna-asked-too-often", casework::node_of(settings_.party),
                manifest.id, {}, { { "party", from }, { "requests", std::to_string(asked) } } }));
    if (decision.verdict == treaty::Verdict::permitted && node_compares(request) && !too_often) {
        TRY(insert_task(transaction, { TaskKind::request, manifest.id }));
        rooms_.casework.tell_task(transaction);
    }
    rooms_.casework.tell(transaction, number);
    return Disposition { json::word(decision.verdict), rooms_.law.version(),
        casework::checks_of(decision), {}, due };
}

Result<std::size_t> Identification::work()
{
    TRY(rooms_.database.follow()); // figures of this process are no older than a round of work
    auto const waiting = TRY(
        rooms_.store.read([&](Transaction& t) { return tasks(t, clock_(), tasks_per_round); }));
    std::optional<Error> first;
    for (auto const& task : waiting) {
        auto const done = settle(task);
        if (done.ok()) continue;
        if (!first) first = done.error(); // one that fails must not hold up the rest
        TRY(rooms_.store.write([&](Transaction& t) -> Result<void> {
            TRY(postpone_task(t, task, clock_()));
            return {};
        }));
    }
    auto const destroyed
        = TRY(rooms_.database.destroy_due(std::chrono::floor<std::chrono::days>(clock_())));
    if (first) return *first;
    return waiting.size() + destroyed;
}

Result<void> Identification::settle(Task const& task)
{
    return task.kind == TaskKind::request ? settle_request(task) : settle_profile(task);
}

Result<void> Identification::settle_request(Task const& task)
{
    auto found = TRY(rooms_.store.write([&](Transaction& t) -> Result<std::optional<Asked>> {
        auto const content = TRY(casework::find_content(t, task.subject));
        if (!content) return std::optional<Asked> {}; // destroyed while it waited
        auto row = TRY(casework::find_case(t, content->number));
        // An officer was quicker, or a later request took its place.
        if (!row || row->state != CaseState::received || row->request_message != task.subject)
            return std::optional<Asked> {};
        return asked_of(t, *row, "node");
    }));
    if (found) return send_result(task, std::move(*found));
    return rooms_.store.write([&](Transaction& t) -> Result<void> {
        TRY(finish_task(t, task));
        return {};
    });
}

/// Nothing where its content is gone or closed to him.
Result<std::optional<Identification::Asked>> Identification::asked_of(
    Transaction& t, casework::CaseRow const& row, casework::Officer const& officer)
{
    auto const content = TRY(casework::find_content(t, row.request_message));
    if (!content) return std::optional<Asked> {};
    auto stored = TRY(exchange::message_by_id(t, row.request_message));
    auto const opened = TRY(casework::open_content(
        t, rooms_.vault, *content, row, officer, { .operation = protection::Operation::use }));
    if (!opened.judgement.permitted()) return std::optional<Asked> {}; // its day came
    auto request = TRY(json::read_text<message::DnaRequest>(opened.body.text, json::Unknown::keep));
    return std::optional { Asked { row, std::move(stored), std::move(request) } };
}

Result<Identification::Answer> Identification::compare(
    message::DnaRequest const& request, std::string_view requesting) const
{
    auto& database = rooms_.database;
    auto const& knowledge = database.knowledge();
    auto const rules = TRY(rules_with(requesting));
    Answer out { { request.case_number, message::Outcome::no_hit, {}, {}, false,
        fmt::format("{} {}", rules.name, rules.version) } };
    if (request.family) {
        TRY(compare_family(request, out));
        return out;
    }
    std::uint32_t all = 0;
    for (auto const& sent : request.profiles) {
        auto const query = TRY(profile_of(sent, knowledge.table));
        auto const searched = TRY(database.search(query, rules, File::national));
        if (searched.found.empty()) out.nothing_found.push_back(query);
        all += static_cast<std::uint32_t>(searched.found.size());
        for (auto const& found : searched.found) {
            if (out.result.matches.size() == matches_max) break;
            out.result.matches.push_back(match_of(found, searched.profiles, database.theta(), query,
                knowledge.table, uuid_v7(clock_(), random_)));
            if (out.result.additional_loci_asked.empty())
                out.result.additional_loci_asked
                    = loci_asked(found, query, knowledge, database.theta());
        }
    }
    if (all > 0) out.result.result = message::Outcome::hit;
    if (all > out.result.matches.size()) out.result.matches_found = all;
    return out;
}

/// A20(2): those with which nothing agreed, until the day that the request set.
Result<void> Identification::keep_asked(Transaction& transaction, Ready const& ready, Date erase_by)
{
    auto const& row = ready.asked.row;
    for (auto const& profile : ready.answer.nothing_found) {
        auto const known = TRY(find_profile(transaction, row.requesting, profile.reference));
        if (known) // asked anew: the later request counts
            TRY(rooms_.database.destroy(transaction, *known,
                message::DestructionGround::no_longer_needed, node_at(row.number)));
        TRY(rooms_.database.keep(transaction,
            { row.requesting, profile, row.purpose, { "A20(2)" }, erase_by, row.number, {},
                ready.asked.stored.id },
            node_at(row.number)));
    }
    return {};
}

/// What would leave now.
Result<Identification::Ready> Identification::prepare(Asked asked) const
{
    auto const now = clock_();
    auto const& request = asked.request;
    auto manifest = TRY(
        json::read_text<message::Manifest>(as_text(asked.stored.manifest), json::Unknown::keep));
    auto answer = TRY(compare(request, asked.row.requesting));
    auto& result = answer.result;
    auto until = erase_by(manifest);
    bool const wanted = until && TRY(may_keep(request, answer, asked.row.requesting));
    auto const storage = treaty::decide(
        rooms_.law, TRY(storage_situation(ways(), request, came_from(manifest), now)));
    bool const keeps = wanted && storage.verdict == treaty::Verdict::permitted;
    if (!keeps) until.reset();
    result.profile_stored = keeps;
    result.stored_until = until;
    auto situation = with_result(TRY(situation_of(ways(), request, came_from(manifest), now)),
        result.result == message::Outcome::hit, !result.additional_loci_asked.empty());
    auto decision = treaty::decide(rooms_.law, situation);
    return Ready { std::move(asked), std::move(answer), std::move(manifest), std::move(situation),
        std::move(decision), until };
}

exchange::Outgoing Identification::result_out(Ready const& ready) const
{
    auto const& [row, stored, request] = ready.asked;
    auto const& manifest = ready.manifest;
    auto provisions = provisions_held(ready.decision);
    if (ready.keep_until) provisions.emplace_back("A20(2)");
    auto const last_day = std::chrono::floor<std::chrono::days>(clock_())
        + std::chrono::days { settings_.retention_days };
    return { .type = Type::dna_result,
        .to = row.requesting,
        .case_reference = { row.number, request.case_number },
        .in_reply_to = message::InReplyTo { manifest.id, to_hex(crypto::sha256(stored.manifest)) },
        .legal_basis = { "PCC SEE", std::move(provisions), rooms_.law.version() },
        .verdict = json::word(ready.decision.verdict),
        .purpose = manifest.purpose,
        .urgency = manifest.urgency,
        .retention = message::Retention { last_day, retention_rule },
        .parts = { { "dna-result", message::schema_of(Type::dna_result),
            to_bytes(json::to_text(ready.answer.result)) } } };
}

/// In the commit in which it leaves. MUST: the case stands as it did.
Result<std::string> Identification::keep_result(
    Transaction& t, Ready const& ready, exchange::Sealed const& sealed, std::string const& officer)
{
    auto const now = clock_();
    auto const& [row, asked, request] = ready.asked;
    auto const& result = ready.answer.result;
    auto const& until = ready.keep_until;
    auto id = TRY(rooms_.exchange.submit(t, sealed));
    TRY(rooms_.exchange.give_receipt(t, asked.id, message::ReceiptKind::answered));
    TRY(rooms_.casework.keep(t, sealed.manifest, row.number, json::to_text(result)));
    TRY(casework::set_state(t, row.number, CaseState::answered));
    json::Object const facts { { "party", row.requesting }, { "result", json::word(result.result) },
        { "matches", std::to_string(found_in(result)) }, { "stored", until ? "yes" : "no" } };
    TRY(casework::insert_event(t,
        { row.number, now, now, "dna-result-sent", officer, id,
            sealed.manifest.legal_basis.provisions, facts }));
    if (until && request.family)
        TRY(keep_family(t, row, asked.id, *until));
    else if (until)
        TRY(keep_asked(t, ready, *until));
    // A20(2): what found nothing and is not to be kept is destroyed after the search; what is kept
    // hangs on its request and goes with it, on its day or before.
    if (!ready.hit() && !until) TRY(rooms_.casework.destroy(t, asked.id));
    rooms_.casework.tell(t, row.number);
    return id;
}

Result<void> Identification::send_result(Task const& task, Asked asked)
{
    auto const ready = TRY(prepare(std::move(asked)));
    if (guards(ready.answer.result)) return hold(task, ready);
    auto const sealed = TRY(rooms_.exchange.seal(result_out(ready)));
    return rooms_.store.write([&](Transaction& t) -> Result<void> {
        if (!TRY(finish_task(t, task))) return {};
        auto const current = TRY(casework::find_case(t, ready.asked.row.number));
        if (!current || current->state != CaseState::received) return {}; // An officer was quicker.
        TRY(keep_result(t, ready, sealed, casework::node_of(settings_.party)));
        return {};
    });
}

Result<void> Identification::add(
    std::span<dna::Profile const> profiles, Date erase_by, std::string_view actor)
{
    TRY(rooms_.store.write([&](Transaction& t) -> Result<void> {
        auto const today = std::chrono::floor<std::chrono::days>(clock_());
        bool const others
            = TRY(any_kept(t, settings_.party)) || TRY(count_kept_families(t, {}, today)) > 0;
        for (auto const& profile : profiles) {
            TRY(rooms_.database.keep(t,
                { settings_.party, profile, "investigation", { "A20(1)-1" }, erase_by, {} },
                { std::string { actor }, "national file" }));
            auto const row = TRY(find_profile(t, settings_.party, profile.reference));
            MUST(row.has_value());
            if (others) TRY(insert_task(t, { TaskKind::profile, row->item }));
        }
        if (others) rooms_.casework.tell_task(t);
        return {};
    }));
    return {};
}

/// A fresh profile of ours against those that were kept for others.
Result<void> Identification::settle_profile(Task const& task)
{
    auto const fresh
        = TRY(rooms_.store.write([&](Transaction& t) -> Result<std::optional<dna::Profile>> {
              auto const row = TRY(find_profile(t, task.subject));
              if (!row) return std::optional<dna::Profile> {};
              auto profile = TRY(rooms_.database.read(t, *row, "kept profiles"));
              return std::optional { std::move(profile) };
          }));
    std::vector<LaterHit> hits;
    if (fresh) {
        for (auto const& rules : rooms_.database.knowledge().rules)
            TRY(find_later(*fresh, rules, hits));
        TRY(find_later_kin(*fresh, hits));
    }
    return rooms_.store.write([&](Transaction& t) -> Result<void> {
        if (!TRY(finish_task(t, task))) return {};
        for (auto const& hit : hits)
            if (settings_.four_eyes.release_hit)
                TRY(hold_later(t, hit));
            else
                TRY(tell_later(t, hit, casework::node_of(settings_.party)));
        return {};
    });
}

/// Those kept for the Parties with whom these rules hold.
Result<void> Identification::find_later(
    dna::Profile const& fresh, dna::RuleSet const& rules, std::vector<LaterHit>& out) const
{
    auto& database = rooms_.database;
    auto const searched = TRY(database.search(fresh, rules, File::kept));
    for (auto const& found : searched.found) {
        if (TRY(rules_with(found.owner)).name != rules.name) continue;
        auto const row = TRY(rooms_.store.read(
            [&](Transaction& t) { return casework::find_case(t, found.case_number); }));
        if (!row) continue;
        auto match = match_of(found, database.size(File::national), database.theta(), fresh,
            database.knowledge().table, uuid_v7(clock_(), random_));
        std::swap(match.profile_number, match.found_number); // Theirs was asked about.
        message::DnaResult const result { row->peer_number, message::Outcome::hit, { match }, {},
            true, fmt::format("{} {}", rules.name, rules.version), {}, true };
        out.push_back(TRY(later_hit(*row, result, match.match)));
    }
    return {};
}

Result<Identification::LaterHit> Identification::later_hit(
    casework::CaseRow const& row, message::DnaResult const& result, std::string match) const
{
    auto const asked = TRY(rooms_.store.read(
        [&](Transaction& t) { return exchange::message_by_id(t, row.request_message); }));
    auto const last_day = std::chrono::floor<std::chrono::days>(clock_())
        + std::chrono::days { settings_.retention_days };
    auto const text = json::to_text(result);
    auto sealed = TRY(rooms_.exchange.seal({ .type = Type::dna_result,
        .to = row.requesting,
        .case_reference = { row.number, row.peer_number },
        .in_reply_to = message::InReplyTo { asked.id, to_hex(crypto::sha256(asked.manifest)) },
        .legal_basis = { "PCC SEE", { "A20(1)-2", "A20(2)" }, rooms_.law.version() },
        .verdict = json::word(treaty::Verdict::permitted),
        .purpose = row.purpose,
        .retention = message::Retention { last_day, retention_rule },
        .parts = { { "dna-result", message::schema_of(Type::dna_result), to_bytes(text) } } }));
    return LaterHit { row.number, std::move(match), text, std::move(sealed) };
}

Result<std::string> Identification::tell_later(
    Transaction& transaction, LaterHit const& hit, std::string const& officer)
{
    auto const now = clock_();
    auto id = TRY(rooms_.exchange.submit(transaction, hit.sealed));
    TRY(rooms_.casework.keep(transaction, hit.sealed.manifest, hit.number, hit.text));
    TRY(casework::insert_event(transaction,
        { hit.number, now, now, "dna-later-hit-sent", officer, id, { "A20(1)-2", "A20(2)" },
            { { "party", hit.sealed.manifest.to.state }, { "match", hit.match } } }));
    rooms_.casework.tell(transaction, hit.number);
    return id;
}

Result<Disposition> Identification::receive_confirmation(
    Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const text = as_text(delivered.parts.at(0).content);
    auto const read = json::read_text<message::DnaConfirmation>(text, json::Unknown::keep);
    if (!read.ok()) return casework::rejected(read.error());
    auto const number = casework::incoming_number(from, manifest.case_reference.ours);
    auto const row = TRY(casework::find_case(transaction, number));
    bool const ours = row && (row->kind == dna_kind || row->kind == run_kind);
    if (!ours || row->requesting != from)
        return casework::rejected({ Error::Kind::not_found,
            fmt::format("no comparison between us has the number '{}'", number), "caseReference" });
    auto const kept = rooms_.casework.keep(transaction, manifest, number, text);
    if (!kept.ok() && casework::is_fault_of_message(kept.error()))
        return casework::rejected(kept.error());
    if (!kept.ok()) return kept.error();
    json::Object const facts { { "party", from }, { "match", read.value().match },
        { "confirmed", read.value().confirmed ? "yes" : "no" } };
    TRY(casework::insert_event(transaction,
        { number, manifest.created_at, delivered.received_at, "dna-confirmation-received",
            casework::node_of(from), manifest.id, manifest.legal_basis.provisions, facts }));
    rooms_.casework.tell(transaction, number);
    return Disposition { json::word(treaty::Verdict::permitted), rooms_.law.version(), {}, {}, {} };
}

} // namespace comity::identification
