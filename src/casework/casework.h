#pragma once

#include "casework/call.h"
#include "casework/casework_store.h"
#include "casework/notice.h"
#include "casework/reply.h"
#include "casework/step.h"
#include "exchange/exchange.h"

#include <map>

/// Requests, answers and refusals under Article 4, from the officer's draft to the answer on his
/// desk. The law decides, the exchange carries; casework keeps the case.
namespace comity::casework {

/// What became of a draft.
struct Outcome {
    treaty::Situation situation;
    treaty::Decision decision;
    std::vector<Warning> warnings;
    std::vector<std::string> missing; ///< Paths of what the draft lacks, whatever the law says.
    std::optional<std::string> message; ///< Id; only when the decision permits.
};

/// What became of a step.
struct TakenStep {
    Composed composed;
    std::vector<std::string> messages; ///< Ids, in the order of the letters; none when not taken.
};

/// What a desk may be told about, after the commit that made it true.
struct Notice {
    std::string case_number;
    std::uint64_t register_size;
};

struct Arrival;

class Casework {
public:
    /// Takes its place as the exchange's receiver. All of them outlive it.
    Casework(store::Store& store, ledger::Ledger& ledger, exchange::Exchange& exchange,
        treaty::Law const& law, Settings settings, Clock clock);

    void on_change(std::function<void(Notice const&)> notice) { changed_ = std::move(notice); }
    /// Told when a request waits for this node's own answer.
    void on_task(std::function<void()> notice) { task_ = std::move(notice); }

    /// A room above that acts on messages of a type of its own, in the commit that stores them.
    /// Before anything is received.
    using Takes = std::function<Result<exchange::Disposition>(
        store::Transaction&, exchange::Delivered const&)>;
    void on_message(message::Type type, Takes takes);
    /// For that room: the content of a message, sent or received, lies with its case from now on,
    /// until the day that the message sets.
    Result<void> keep_content(store::Transaction& transaction, message::Manifest const& manifest,
        std::string_view number, std::string_view text);
    /// Art. 31(4)(b): it is not needed any more. False where it still has to leave, or is gone.
    Result<bool> destroy(store::Transaction& transaction, std::string const& message_id);
    /// A desk hears of the case after the commit.
    void tell(store::Transaction& transaction, std::string const& case_number);
    /// A request of that room waits for this node's own answer.
    void tell_task(store::Transaction& transaction);

    /// Judges a draft; no effect.
    Result<Outcome> try_draft(RequestDraft const& draft) const;
    /// Judges, and where permitted records, registers and queues in one durable step.
    Result<Outcome> send(RequestDraft const& draft, std::string_view actor);

    /// Judges an officer's step in a case; no effect. Errors: not_found, conflict where the case is
    /// in no state for it, malformed naming the field.
    Result<Composed> try_step(std::string_view number, StepDraft const& draft) const;
    /// Judges, and where permitted records, registers and queues every message of the step in one
    /// durable commit. Error: malformed besides, naming what is missing.
    Result<TakenStep> take_step(
        std::string_view number, StepDraft const& draft, std::string_view actor);

    /// Article 3.1, 6, 7, 8: tells another Party without a request. As try_step and take_step.
    Result<Composed> try_notice(NoticeDraft const& draft) const;
    Result<TakenStep> send_notice(NoticeDraft const& draft, std::string_view actor);

    /// Article 4(6): a request made or taken by word of mouth. It is judged where we made it;
    /// keeping it opens the case and sends nothing. Errors besides: conflict for a number in use.
    Result<Composed> try_call(CallDraft const& draft) const;
    Result<Composed> keep_call(CallDraft const& draft, std::string_view actor);

    /// Answers or refuses the requests that wait and that no other process of this State is at,
    /// each on its own. The number looked at; the first error, after all were tried.
    Result<std::size_t> work();
    /// Art. 31(4)(b): destroys what has reached its last day, each with its register entry.
    Result<std::size_t> destroy_due(Date today);

private:
    Result<exchange::Disposition> receive(
        store::Transaction& transaction, exchange::Delivered const& delivered);
    Result<exchange::Disposition> receive_request(store::Transaction& transaction,
        exchange::Delivered const& delivered, std::string_view text);
    Result<exchange::Disposition> receive_forwarded(store::Transaction& transaction,
        exchange::Delivered const& delivered, std::string_view text);
    Result<exchange::Disposition> receive_confirmation(store::Transaction& transaction,
        exchange::Delivered const& delivered, std::string_view text);
    Result<exchange::Disposition> receive_notice(store::Transaction& transaction,
        exchange::Delivered const& delivered, std::string_view text);
    Result<exchange::Disposition> open_request(store::Transaction& transaction,
        exchange::Delivered const& delivered, Arrival const& arrival);
    Result<exchange::Disposition> receive_step(store::Transaction& transaction,
        exchange::Delivered const& delivered, std::string_view text);
    Result<std::vector<std::string>> keep_step(store::Transaction& transaction,
        CaseFile const& file, Composed const& composed, std::vector<exchange::Sealed> const& sealed,
        std::string_view actor);
    Result<void> receive_receipt(store::Transaction& transaction, message::Receipt const& receipt);
    Result<void> tell_expired(store::Transaction& transaction, exchange::Stored const& message);
    Result<std::vector<std::string>> register_destruction(
        store::Transaction& transaction, exchange::Stored const& message, Instant now);
    Result<std::vector<std::string>> claim_tasks();
    Result<void> finish(store::Transaction& transaction, std::string const& message_id);
    Result<void> settle(std::string const& message_id);
    Result<void> send_reply(Question const& question, Reply reply);
    Result<bool> destroy_call(store::Transaction& transaction, std::string const& id);
    Result<void> erase(store::Transaction& transaction, std::string const& id,
        std::vector<std::string> const& provisions);
    Result<void> clear_attachments(std::string const& message_id);

    store::Store& store_;
    ledger::Ledger& ledger_;
    exchange::Exchange& exchange_;
    treaty::Law const& law_;
    Settings settings_;
    Clock clock_;
    std::function<void(Notice const&)> changed_ = [](Notice const&) { };
    std::function<void()> task_ = [] { };
    std::map<std::string, Takes, std::less<>> takes_; // by word of the type
};

} // namespace comity::casework
