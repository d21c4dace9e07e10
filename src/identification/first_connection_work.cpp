#include "casework/arrival.h"
#include "identification/first_connection.h"
#include "identification/result.h"
#include "identification/run_contents.h"
#include "message/content.h"

#include <fmt/format.h>

/// What the nodes do of a run by themselves: send portions, compare those that came, answer.
namespace comity::identification {

using casework::CaseState;
using message::Type;
using store::Transaction;

namespace {

constexpr std::int64_t portions_per_round = 16;
constexpr std::int64_t no_sheet_yet = -1;

bool stopped(RunRow const& run)
{
    return run.stopped_here || run.stopped_there;
}

} // namespace

/// Whoever waits for that looks again: portions to send, or to compare.
Result<void> FirstConnection::wake(Transaction& transaction, RunRow& run)
{
    if (!run.ours && !stopped(run))
        for (auto const& portion : TRY(portions_waiting(transaction, run.number)))
            if (!TRY(has_task(transaction, portion.message)))
                TRY(insert_task(transaction, { TaskKind::portion, portion.message }));
    rooms_.casework.tell_task(transaction);
    return {};
}

Result<std::size_t> FirstConnection::work()
{
    std::optional<Error> first;
    auto const after = [&](Result<void> const& done) {
        if (!done.ok() && !first) first = done.error(); // one that fails must not hold up the rest
        return done.ok();
    };
    auto const sending = TRY(rooms_.store.read(
        [&](Transaction& t) { return runs_to_send(t, clock_(), portions_under_way_max); }));
    for (auto const& run : sending)
        if (!after(send_portion(run)))
            TRY(rooms_.store.write([&](Transaction& t) -> Result<void> {
                auto current = TRY(known(t, run.number)).run;
                constexpr std::int64_t doublings_most = 12;
                auto const longer = std::int64_t { 1 }
                    << std::min(current.failures++, doublings_most);
                current.not_before = clock_() + std::min(postponed_first * longer, postponed_most);
                return save_run(t, current);
            }));
    auto const waiting = TRY(rooms_.store.read(
        [&](Transaction& t) { return portion_tasks(t, clock_(), portions_per_round); }));
    for (auto const& task : waiting)
        if (!after(settle_portion(task)))
            TRY(rooms_.store.write([&](Transaction& t) -> Result<void> {
                TRY(postpone_task(t, task, clock_()));
                return {};
            }));
    if (first) return *first;
    return sending.size() + waiting.size();
}

/// Those whose day came or that were destroyed since the run was proposed are passed over.
Result<FirstConnection::Portion> FirstConnection::read_portion_of(
    RunRow const& run, std::int64_t portion)
{
    auto const rules = TRY(rules_with(run.peer));
    auto const& table = rooms_.database.knowledge().table;
    return rooms_.store.write([&](Transaction& t) -> Result<Portion> {
        auto const asked = TRY(exchange::message_by_id(t, run.proposal));
        auto const manifest
            = TRY(json::read_text<message::Manifest>(as_text(asked.manifest), json::Unknown::keep));
        MUST(manifest.retention.has_value()); // propose() set it
        Portion out { {}, manifest.retention->erase_by };
        constexpr auto size = static_cast<std::int64_t>(profiles_a_portion);
        for (auto const& item : TRY(run_profiles(t, run.number, (portion - 1) * size, size))) {
            auto const row = TRY(find_profile(t, item));
            if (!row) continue;
            auto const profile = rooms_.database.read(t, *row, "first connection");
            if (!profile.ok() && profile.error().kind == Error::Kind::not_permitted) continue;
            if (!profile.ok()) return profile.error();
            if (!dna::refusal_of_exchange(profile.value(), rules, table))
                out.profiles.push_back(message_of(profile.value(), table));
        }
        return out;
    });
}

Result<void> FirstConnection::send_portion(RunRow const& run)
{
    auto const portion = run.portions_sent + 1;
    auto const [profiles, erase_by] = TRY(read_portion_of(run, portion));
    auto const found = TRY(rooms_.store.read([&](Transaction& t) { return known(t, run.number); }));
    message::DnaRunPortion const content { run.number, static_cast<std::uint32_t>(portion),
        profiles };
    auto const text = json::to_text(content);
    auto letter = outgoing(Type::dna_run_portion, found, erase_by, text, { "A20(1)-1" });
    letter.due_at = run.due_at;
    auto const sealed = TRY(rooms_.exchange.seal(letter));
    return rooms_.store.write([&](Transaction& t) -> Result<void> {
        auto current = TRY(known(t, run.number)).run;
        if (current.portions_sent + 1 != portion || current.state != RunState::running
            || stopped(current))
            return {}; // another process sent it, or it was stopped meanwhile
        auto const id = TRY(rooms_.exchange.submit(t, sealed));
        TRY(rooms_.casework.keep(t, sealed.manifest, run.number, text));
        TRY(insert_portion(t,
            { run.number, portion, id, static_cast<std::int64_t>(profiles.size()), 0,
                no_sheet_yet }));
        current.portions_sent = portion;
        current.moved_at = clock_();
        current.failures = 0;
        TRY(save_run(t, current));
        rooms_.casework.tell(t, run.number);
        return {};
    });
}

/// A portion that the other node did not take is sent anew once an officer lets the run go on;
/// those after it were out of turn there, and come back the same way.
Result<void> FirstConnection::failed(Transaction& transaction, std::string const& message)
{
    if (auto const portion = TRY(find_portion(transaction, message))) {
        auto run = TRY(known(transaction, portion->number)).run;
        if (!run.ours || portion->sheets_missing == 0) return {};
        TRY(delete_portion(transaction, *portion));
        run.portions_sent = std::min(run.portions_sent, portion->portion - 1);
        run.stopped_here = true;
        TRY(save_run(transaction, run));
        return note(transaction, run, "dna-run-stopped", casework::node_of(settings_.party),
            message, { { "portion", std::to_string(portion->portion) } });
    }
    auto const content = TRY(casework::find_content(transaction, message));
    auto run = content ? TRY(find_run(transaction, content->number)) : std::nullopt;
    if (!run || run->proposal != message) return {};
    run->state = RunState::refused;
    return save_run(transaction, *run);
}

Result<void> FirstConnection::settle_portion(Task const& task)
{
    struct Waiting {
        RunPortion portion;
        exchange::Stored asked;
        std::vector<message::Profile> profiles;
    };
    auto const found
        = TRY(rooms_.store.write([&](Transaction& t) -> Result<std::optional<Waiting>> {
              auto const portion = TRY(find_portion(t, task.subject));
              auto const content = TRY(casework::find_content(t, task.subject));
              if (!portion || !content || portion->sheets_missing == 0)
                  return std::optional<Waiting> {}; // destroyed while it waited, or done
              auto const at = TRY(known(t, portion->number));
              if (stopped(at.run)) return std::optional<Waiting> {}; // comes again when it goes on
              auto const opened = TRY(casework::open_content(t, rooms_.vault, *content, at.row,
                  "node", { .operation = protection::Operation::use }));
              if (!opened.judgement.permitted()) return std::optional<Waiting> {}; // its day came
              auto read = TRY(
                  json::read_text<message::DnaRunPortion>(opened.body.text, json::Unknown::keep));
              auto asked = TRY(exchange::message_by_id(t, task.subject));
              return std::optional { Waiting {
                  *portion, std::move(asked), std::move(read.profiles) } };
          }));
    if (found) return send_sheets(task, found->portion, found->asked, found->profiles);
    return rooms_.store.write([&](Transaction& t) -> Result<void> {
        TRY(finish_task(t, task));
        return {};
    });
}

Result<std::vector<message::DnaMatch>> FirstConnection::matches_of(
    SearchedAll const& searched, std::span<dna::Profile const> queries) const
{
    auto& database = rooms_.database;
    std::vector<message::DnaMatch> out;
    for (auto const& [query, found] : searched.found) {
        if (out.size() == matches_a_sheet * sheets_max) break;
        out.push_back(match_of(found, searched.profiles, database.theta(), queries[query],
            database.knowledge().table, uuid_v7(clock_(), random_)));
    }
    return out;
}

Result<void> FirstConnection::send_sheets(Task const& task, RunPortion const& portion,
    exchange::Stored const& asked, std::span<message::Profile const> profiles)
{
    auto const& table = rooms_.database.knowledge().table;
    auto const at
        = TRY(rooms_.store.read([&](Transaction& t) { return known(t, portion.number); }));
    std::vector<dna::Profile> queries;
    for (auto const& each : profiles) queries.push_back(TRY(profile_of(each, table)));
    auto const searched = TRY(rooms_.database.search_all(queries, TRY(rules_with(at.run.peer))));
    auto const matches = TRY(matches_of(searched, queries));
    auto const sheets
        = std::max<std::size_t>(1, (matches.size() + matches_a_sheet - 1) / matches_a_sheet);
    auto const erase_by = std::chrono::floor<std::chrono::days>(clock_())
        + std::chrono::days { settings_.retention_days };
    std::vector<std::pair<exchange::Sealed, std::string>> letters;
    for (std::size_t i = 0; i < sheets; ++i) {
        auto const some = std::span { matches }.subspan(
            i * matches_a_sheet, std::min(matches_a_sheet, matches.size() - i * matches_a_sheet));
        message::DnaRunResult const content { at.run.peer_number,
            static_cast<std::uint32_t>(portion.portion), static_cast<std::uint32_t>(i + 1),
            static_cast<std::uint32_t>(sheets), { some.begin(), some.end() },
            static_cast<std::uint32_t>(searched.found.size()) };
        auto text = json::to_text(content);
        auto letter = outgoing(Type::dna_run_result, at, erase_by, text, { "A20(1)-2" });
        letter.in_reply_to
            = message::InReplyTo { asked.id, to_hex(crypto::sha256(asked.manifest)) };
        letters.emplace_back(TRY(rooms_.exchange.seal(letter)), std::move(text));
    }
    return rooms_.store.write([&](Transaction& t) -> Result<void> {
        if (!TRY(finish_task(t, task))) return {};
        auto run = TRY(known(t, portion.number)).run;
        for (auto const& [sealed, text] : letters) {
            TRY(rooms_.exchange.submit(t, sealed));
            TRY(rooms_.casework.keep(t, sealed.manifest, run.number, text));
        }
        TRY(rooms_.exchange.give_receipt(t, asked.id, message::ReceiptKind::answered));
        auto done = portion;
        done.hits = static_cast<std::int64_t>(searched.found.size());
        done.sheets_missing = 0;
        // A20(2): nothing of a run is kept; the profiles are destroyed once they are compared.
        TRY(rooms_.casework.destroy(t, asked.id));
        return portion_done(t, run, done);
    });
}

Result<void> FirstConnection::portion_done(
    Transaction& transaction, RunRow& run, RunPortion const& portion)
{
    TRY(save_portion(transaction, portion));
    ++run.portions_done;
    run.profiles_done += portion.profiles;
    run.hits += portion.hits;
    run.moved_at = clock_();
    bool const all = run.portions_done == run.portions;
    if (all) run.state = RunState::complete;
    TRY(save_run(transaction, run));
    rooms_.casework.tell(transaction, run.number);
    if (!all) return {};
    TRY(delete_run_profiles(transaction, run.number));
    TRY(casework::set_state(transaction, run.number, CaseState::answered));
    return note(transaction, run, "dna-run-finished", casework::node_of(settings_.party), {},
        { { "profiles", std::to_string(run.profiles_done) },
            { "matches", std::to_string(run.hits) } });
}

} // namespace comity::identification
