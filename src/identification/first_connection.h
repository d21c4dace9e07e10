#pragma once

#include "identification/identification.h"
#include "identification/run_draft.h"
#include "identification/run_store.h"

/// The first connection of two Parties, Article 20(1): all open profiles of one kind of the one
/// against the whole file of the other. One proposes, the other agrees; the profiles then go in
/// portions, each a message of the exchange, and the other node compares and answers each by
/// itself. What was sent and what was answered stands in the database in the same commit as the
/// message, so that a run that was killed goes on where it stood and repeats no portion.
namespace comity::identification {

struct RunOutcome {
    treaty::Situation situation;
    treaty::Decision decision;
    std::vector<std::string> missing; ///< Paths of what the draft lacks.
    RunExpectation expectation;
    std::optional<std::string> message; ///< Id; only when the decision permits.
};

/// A run as both desks show it.
struct RunView {
    std::string number;
    std::string party; ///< The other one.
    bool ours; ///< Our profiles go there.
    message::ProfileKind kind;
    RunState state;
    bool stopped_here, stopped_there;
    std::int64_t profiles, portions, portions_sent, portions_done, profiles_done, hits;
    std::optional<message::DnaRunChance> chance {};
    Instant proposed_at;
    std::optional<Instant> begun_at {}, due_at {};
    std::optional<std::int64_t> seconds_left {}; ///< At the pace so far, while it runs.
};
BOOST_DESCRIBE_STRUCT(RunView, (),
    (number, party, ours, kind, state, stopped_here, stopped_there, profiles, portions,
        portions_sent, portions_done, profiles_done, hits, chance, proposed_at, begun_at, due_at,
        seconds_left))

/// As everybody who reads cases sees it in the list; the whole of it is for who needs to know.
struct RunLine {
    std::string number, party;
    bool ours;
    RunState state;
    Instant proposed_at;
    std::optional<RunView> run {};
};
BOOST_DESCRIBE_STRUCT(RunLine, (), (number, party, ours, state, proposed_at, run))

/// What came of an officer's wish; nothing of it where he does not need to know the case: Art.
/// 32(1).
template <class Wish> struct ForOfficer {
    std::optional<access::Refusal> refused {};
    Wish it {};
};

/// What was found in one portion, and what experts said of hits of this run.
struct PortionFound {
    std::vector<message::DnaMatch> matches; ///< The surest first.
    std::vector<ConfirmationView> confirmations;
};
BOOST_DESCRIBE_STRUCT(PortionFound, (), (matches, confirmations))

/// A portion in which something was found.
struct PortionHits {
    std::int64_t portion, profiles, hits;
};
BOOST_DESCRIBE_STRUCT(PortionHits, (), (portion, profiles, hits))

struct RunPage {
    RunView run;
    std::vector<PortionHits> portions_with_hits;
};
BOOST_DESCRIBE_STRUCT(RunPage, (), (run, portions_with_hits))

class FirstConnection {
public:
    /// Takes the messages of such runs from casework. The rooms outlive it.
    FirstConnection(Identification::Rooms rooms, Settings settings, Clock clock, Random random);

    /// Judges a draft and reckons what chance would give; no effect. Errors name the field.
    Result<RunOutcome> try_run(RunDraft const& draft) const;
    /// Judges, and where permitted proposes it to the other Party in one durable step. Errors:
    /// malformed besides, naming what is missing; conflict for a number in use.
    Result<RunOutcome> propose(RunDraft const& draft, casework::Officer const& officer);
    /// The other side's yes, which the law must permit, or no with its reason. The decision; and
    /// the message's id where one left. Errors: not_found; conflict where it was answered;
    /// malformed for a no without its reason.
    struct Answered {
        std::optional<access::Refusal> refused {}; ///< He does not need to know the case.
        std::optional<treaty::Decision> decision {};
        std::optional<std::string> message {};
    };
    Result<Answered> answer(std::string_view number, bool agrees, std::string_view reason,
        casework::Officer const& officer);
    using Refused = std::optional<access::Refusal>;
    /// Sends the first portions. Errors: not_found; conflict where nobody agreed or it runs.
    Result<Refused> begin(std::string_view number, casework::Officer const& officer);
    /// Either side; the other is told. Only who stopped it lets it go on. Errors: not_found;
    /// conflict; malformed for a stop without a reason or with one over `run_reason_bytes_max`.
    Result<Refused> stop(
        std::string_view number, std::string_view reason, casework::Officer const& officer);
    Result<Refused> resume(std::string_view number, casework::Officer const& officer);

    /// The newest first, `runs_max` at most.
    Result<std::vector<RunLine>> list(casework::Officer const& officer) const;
    /// With the portions in which something was found, after one, `portions_shown` at most. Error:
    /// not_found.
    Result<ForOfficer<std::optional<RunPage>>> find(
        std::string_view number, std::int64_t after, casework::Officer const& officer) const;
    /// The hits of one portion; every content that is opened is noted. Errors: not_found;
    /// not_permitted, citing what refuses.
    Result<ForOfficer<PortionFound>> matches(
        std::string_view number, std::int64_t portion, casework::Officer const& officer);

    /// Sends portions whose turn it is and compares those that came. How many; the first error,
    /// after all were tried.
    Result<std::size_t> work();

    static constexpr std::int64_t runs_max = 100;
    static constexpr std::size_t run_reason_bytes_max = 1000;
    static constexpr std::int64_t portions_shown = 100;
    static constexpr std::int64_t portions_under_way_max = 4;
    static constexpr std::size_t matches_a_sheet = 300;
    static constexpr std::size_t sheets_max = 10; ///< Of one portion; the surest hits are listed.

private:
    struct Known {
        RunRow run;
        casework::CaseRow row;
    };
    struct Portion {
        std::vector<message::Profile> profiles;
        Date erase_by;
    };
    Ways ways() const { return { rooms_.law, settings_, rooms_.terms }; }
    Result<dna::RuleSet> rules_with(std::string_view party) const;
    Result<Known> known(store::Transaction& transaction, std::string_view number) const;
    Result<std::optional<RunRow>> run_of(
        store::Transaction& transaction, message::Manifest const& manifest) const;
    Instant due_of_run(std::string_view peer, Instant from) const;
    exchange::Outgoing outgoing(message::Type type, Known const& known, Date erase_by,
        std::string_view text, std::vector<std::string> provisions) const;
    Result<RunExpectation> expectation_of(RunDraft const& draft, dna::RuleSet const& rules,
        dna::Category category, RunProfiles const& profiles) const;
    /// Where he may act on it and see what came of it.
    Result<ForOfficer<std::optional<Known>>> known_to(store::Transaction& transaction,
        std::string_view number, casework::Officer const& officer) const;
    Result<Refused> order(std::string_view number, message::RunOrder order, std::string_view reason,
        casework::Officer const& officer);
    /// The other node did not take a proposal or a portion of ours, or it never left.
    Result<void> failed(store::Transaction& transaction, std::string const& message);
    Result<void> begun(store::Transaction& transaction, RunRow& run, std::string_view actor,
        std::string const& message);
    Result<void> note(store::Transaction& transaction, RunRow const& run, std::string_view act,
        std::string_view actor, std::string const& message, json::Object facts = {});
    Result<void> wake(store::Transaction& transaction, RunRow& run);
    Result<void> portion_done(
        store::Transaction& transaction, RunRow& run, RunPortion const& portion);

    Result<exchange::Disposition> receive_proposal(
        store::Transaction& transaction, exchange::Delivered const& delivered);
    Result<exchange::Disposition> receive_answer(
        store::Transaction& transaction, exchange::Delivered const& delivered);
    Result<exchange::Disposition> receive_portion(
        store::Transaction& transaction, exchange::Delivered const& delivered);
    Result<exchange::Disposition> receive_result(
        store::Transaction& transaction, exchange::Delivered const& delivered);
    Result<exchange::Disposition> receive_stop(
        store::Transaction& transaction, exchange::Delivered const& delivered);

    Result<Portion> read_portion_of(RunRow const& run, std::int64_t portion);
    Result<void> send_portion(RunRow const& run);
    Result<void> settle_portion(Task const& task);
    Result<void> send_sheets(Task const& task, RunPortion const& portion,
        exchange::Stored const& asked, std::span<message::Profile const> profiles);
    Result<std::vector<message::DnaMatch>> matches_of(
        SearchedAll const& searched, std::span<dna::Profile const> queries) const;

    Identification::Rooms rooms_;
    Settings settings_;
    Clock clock_;
    Random random_;
};

/// "dna-first-connection": the kind of such a case.
extern std::string_view const run_kind;

} // namespace comity::identification
