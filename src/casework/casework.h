#pragma once

#include "casework/access_list.h"
#include "casework/call.h"
#include "casework/case_files.h"
#include "casework/casework_store.h"
#include "casework/contents.h"
#include "casework/exports.h"
#include "casework/files.h"
#include "casework/four_eyes.h"
#include "casework/notice.h"
#include "casework/reply.h"
#include "casework/step.h"
#include "casework/views.h"
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
    std::optional<std::int64_t> proposal {}; ///< Its place, where a second officer has to confirm.
};

/// What became of a step.
struct TakenStep {
    Composed composed;
    std::vector<std::string>
        messages {}; ///< Ids, in the order of the letters; none when not taken.
    std::optional<std::int64_t> proposal {}; ///< Its place, where a second officer has to confirm.
};

/// What became of a second officer's confirmation.
struct Confirmed {
    std::optional<access::Refusal> refused {}; ///< He may not confirm it.
    TakenStep taken {}; ///< Without messages: the law refused it now, and it still waits.
};

/// What a desk may be told about, after the commit that made it true.
struct Notice {
    std::string case_number;
    std::uint64_t register_size;
    std::optional<CaseMoved> moved {}; ///< None where there is no such case any more.
};

struct Arrival;

/// A request that waits for this node's own answer.
struct Task {
    std::string message;
    Result<std::optional<Question>> question; ///< Nothing where there is nothing left to answer.
};

class Casework {
public:
    /// Takes its place as the exchange's receiver. All of them outlive it.
    Casework(store::Store& store, ledger::Ledger& ledger, exchange::Exchange& exchange,
        protection::Vault& vault, treaty::Law const& law, Settings settings, Clock clock);

    void on_change(std::function<void(Notice const&)> notice) { changed_ = std::move(notice); }
    /// Told when a request waits for this node's own answer.
    void on_task(std::function<void()> notice) { task_ = std::move(notice); }

    /// A room above that acts on messages of a type of its own, in the commit that stores them.
    /// Before anything is received.
    using Takes = std::function<Result<exchange::Disposition>(
        store::Transaction&, exchange::Delivered const&)>;
    void on_message(message::Type type, Takes takes);
    /// For that room: the content of a message, sent or received, lies in the vault with its case
    /// from now on, under the label that the message sets. Errors of Vault::put;
    /// is_fault_of_message tells those that its sender learns. MUST: the text is a JSON object.
    Result<void> keep(store::Transaction& transaction, message::Manifest const& manifest,
        std::string_view number, std::string_view text, Heading heading = {},
        std::vector<DecisionRow> decisions = {});
    /// Art. 31(4)(b): it is not needed any more, here and in the exchange. Nothing where it is
    /// gone.
    Result<void> destroy(store::Transaction& transaction, std::string const& message_id);
    /// The same on another ground of Art. 31(4)(b), (c), at somebody's word.
    Result<void> destroy(store::Transaction& transaction, std::string const& message_id,
        message::DestructionGround ground, protection::Actor const& actor);
    /// A room above that has to know what was destroyed, in the commit in which the last copy went.
    /// Before anything is destroyed.
    using HearsOfDestruction = std::function<Result<void>(store::Transaction&,
        std::string const& message_id, std::optional<std::uint64_t> entry, Instant at)>;
    void on_destroyed(HearsOfDestruction hears) { destroyed_ = std::move(hears); }
    /// Rooms above that have to know what the other node did not take, or what never reached it, in
    /// the commit in which the case learns it; and what it took. Before anything is received.
    using HearsOfMessage
        = std::function<Result<void>(store::Transaction&, std::string const& message_id)>;
    void on_failed(HearsOfMessage hears) { failed_.push_back(std::move(hears)); }
    void on_taken(HearsOfMessage hears) { taken_.push_back(std::move(hears)); }
    /// A second officer's word lets leave what that room had proposed, by the word of its message.
    /// Before anybody confirms.
    using LetsLeave = std::function<Result<TakenStep>(Confirmation const&, json::Object const&)>;
    void on_confirmed(std::string what, LetsLeave lets);
    /// What an officer of that room wants to do and this Party sets two for.
    struct NewProposal {
        std::string_view number, what, purpose;
        GuardedAct act {};
        json::Object const& draft; ///< It may name files that wait: `files`.
        std::optional<Date> erase_by;
        Officer const& officer;
        std::uint8_t level = 0;
    };
    /// It waits in its case from now on. Its place. Errors: not_permitted for who has no account;
    /// conflict where another waits in the case; too_large.
    Result<std::int64_t> propose(store::Transaction& transaction, NewProposal const& fresh);
    /// The same with the case that it begins. Error besides: conflict for a number in use.
    Result<std::int64_t> propose_case(CaseRow const& row, NewProposal const& fresh);
    /// In the commit of the message that it lets leave. Error: conflict where it waits no more.
    Result<void> settle_proposal(store::Transaction& transaction, Confirmation const& confirmation,
        std::string const& message);
    /// A desk hears of the case after the commit.
    void tell(store::Transaction& transaction, std::string const& case_number);
    /// A request of that room waits for this node's own answer.
    void tell_task(store::Transaction& transaction);

    /// What of a case leaves on paper or as a file, in the commit that makes it: its entries in the
    /// case, the timeline and the register. Errors: not_found; too_large.
    Result<Export> enter_export(store::Transaction& transaction, Export fresh);

    /// What waits to go with a message.
    Files const& files() const { return files_; }

    /// Judges a draft; no effect.
    Result<Outcome> try_draft(RequestDraft const& draft, Officer const& officer) const;
    /// Judges, and where permitted records, registers and queues in one durable step.
    Result<Outcome> send(RequestDraft const& draft, Officer const& officer);

    /// The newest cases, those with a clock first: of those that he does not need to know, that
    /// they are there. Who looked is noted, and whoever sent a request that waits is told that it
    /// is before its unit.
    Result<std::vector<InboxItem>> inbox(std::int64_t limit, Officer const& officer);
    /// One of them, as it is now. Error: not_found.
    Result<InboxItem> inbox_item(std::string_view number, Officer const& officer);
    /// A case with what of its contents he may see; each that he opens, or may not, is noted, and
    /// whoever sent it is told that it was opened. Where he does not need to know the case: nothing
    /// but its heading and `refused`. Error: not_found.
    Result<CaseView> open_case(
        std::string_view number, Officer const& officer, Wanted const& wanted = {});

    /// A file that came or left with a message of the case, before its pieces are asked for; noted.
    /// Error: not_found.
    Result<FileOpened> open_file(FilePlace const& place, Officer const& officer);
    /// One piece of it, counted from 1; noted where he did not open the file lately.
    Result<FilePiece> file_piece(
        FilePlace const& place, std::uint32_t piece, Officer const& officer);

    /// What `sha256sum` says of each, piece by piece; none where it is not here any more. For files
    /// of contents that their reader was shown.
    Result<void> digest(std::vector<CaseFileLine>& files);

    /// Judges an officer's step in a case; no effect but that he read the case. Errors: not_found,
    /// conflict where the case is in no state for it, malformed naming the field.
    Result<Composed> try_step(
        std::string_view number, StepDraft const& draft, Officer const& officer);
    /// Judges, and where permitted records, registers and queues every message of the step in one
    /// durable commit. Error: malformed besides, naming what is missing.
    Result<TakenStep> take_step(
        std::string_view number, StepDraft const& draft, Officer const& officer);

    /// Article 3.1, 6, 7, 8: tells another Party without a request. As try_step and take_step.
    Result<Composed> try_notice(NoticeDraft const& draft, Officer const& officer) const;
    Result<TakenStep> send_notice(NoticeDraft const& draft, Officer const& officer);

    /// Article 4(6): a request made or taken by word of mouth. It is judged where we made it;
    /// keeping it opens the case and sends nothing. Errors besides: conflict for a number in use.
    Result<Composed> try_call(CallDraft const& draft) const;
    Result<Composed> keep_call(CallDraft const& draft, Officer const& officer);

    /// Who needs to know a case. Error: not_found.
    Result<AccessView> access_of(std::string_view number, Officer const& officer);
    /// Nothing where he may read what belongs to the case.
    Result<std::optional<access::Refusal>> refused_to_read(
        std::string_view number, Officer const& officer);
    /// Each adds one entry to the list and says so in the timeline. A refusal cites what refuses.
    /// Errors: not_found; conflict where it is so already; too_large.
    Result<std::optional<access::Refusal>> take_case(
        std::string_view number, Officer const& officer);
    Result<std::optional<access::Refusal>> add_to_case(std::string_view number,
        Colleague const& colleague, std::string_view reason, Officer const& officer);
    Result<std::optional<access::Refusal>> end_on_case(std::string_view number,
        std::string_view account, std::string_view reason, Officer const& officer);
    /// For a stated reason and `emergency_lasts`. Error besides: malformed without a reason.
    Result<std::optional<access::Refusal>> open_in_emergency(
        std::string_view number, std::string_view reason, Officer const& officer);
    /// Desks hear of each case whose emergency opening has ended by itself, once. How many.
    Result<std::size_t> tell_emergencies_over();

    /// What was proposed in a case, the oldest first; nothing for who may not open it.
    Result<std::vector<Proposal>> proposals(std::string_view number, Officer const& officer);
    /// A second officer's word: what was proposed is judged again and leaves. Errors: not_found;
    /// conflict where it does not wait any more or the case has changed; those of the act itself.
    Result<Confirmed> confirm(std::string_view number, std::int64_t place, Officer const& officer);
    /// His no, with its reason; or the first officer takes it back.
    Result<std::optional<access::Refusal>> send_back(std::string_view number, std::int64_t place,
        std::string_view reason, Officer const& officer);

    /// Answers or refuses the requests that wait and that no other process of this State is at,
    /// each on its own. The number looked at; the first error, after all were tried.
    Result<std::size_t> work();
    /// Art. 31(4)(b): destroys what has reached its last day, each with its register entry. What is
    /// under way to its receiver is closed here that day; its entry comes once the sealed parts are
    /// gone too, which is after its receipt. How many. Error: conflict for a clock that jumped.
    Result<std::size_t> destroy_due();
    /// A few of them in one short commit. Whether more may be due.
    Result<bool> destroy_few();
    /// Art. 31(4)(b): a Party's last day. All that came from it goes, here and in the exchange,
    /// each with its register entry. Errors: those of Vault::end_party.
    Result<protection::DestructionCertificate> end_party(std::string const& owner, Date last_day);

private:
    struct OpenedDraft {
        protection::UseJudgement judgement {};
        std::optional<json::Object> draft {};
    };
    Result<OpenedDraft> read_draft(store::Transaction& transaction, CaseRow const& row,
        Proposal const& proposal, Officer const& officer);
    Result<TakenStep> let_leave(Confirmation const& confirmation, json::Object const& draft);
    /// As `send`, `send_notice`, `take_step`; confirmed by a second officer where there is one.
    Result<Outcome> send_as(
        RequestDraft const& draft, Officer const& officer, Confirmation const* confirmation);
    Result<TakenStep> send_notice_as(
        NoticeDraft const& draft, Officer const& officer, Confirmation const* confirmation);
    Result<TakenStep> take_step_as(std::string_view number, StepDraft const& draft,
        Officer const& officer, Confirmation const* confirmation);
    struct JudgedAccess {
        std::optional<access::Refusal> refusal {};
        AccessEntry entry {};
    };
    using JudgesAccess
        = std::function<Result<JudgedAccess>(std::vector<AccessEntry> const& held, Instant now)>;
    Result<std::optional<access::Refusal>> change_access(
        std::string_view number, JudgesAccess const& judge);
    Result<void> enter(store::Transaction& transaction, std::string_view number,
        AccessEntry const& entry, std::vector<std::string> provisions);
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
        Officer const& officer, Confirmation const* confirmation);
    Result<void> receive_receipt(store::Transaction& transaction, message::Receipt const& receipt);
    Result<void> leave_without(
        store::Transaction& transaction, std::string const& message_id, Event event);
    Result<void> undo_step(
        store::Transaction& transaction, CaseRow const& row, std::string const& message_id);
    Result<void> tell_related(store::Transaction& transaction, ContentRow const& content);
    Result<void> complete(std::vector<InboxItem>& items, Officer const& officer);
    Result<void> tell_delivered(std::span<InboxItem const> shown);
    Result<void> tell_opened(store::Transaction& transaction, std::span<Opened const> contents);
    Result<void> tell_expired(store::Transaction& transaction, exchange::Stored const& message);
    Result<void> keep_received(store::Transaction& transaction, Supplied const& supplied,
        NewContent content, json::Object const& said);
    Result<exchange::Disposition> keep_unfiled(store::Transaction& transaction,
        exchange::Delivered const& delivered, std::string not_understood);
    Result<void> keep_sent(store::Transaction& transaction, message::Manifest const& manifest,
        NewContent content, json::Object const& said, std::string_view officer);
    Result<std::vector<Task>> claim_tasks();
    Result<std::optional<Question>> question_of(
        store::Transaction& transaction, std::string const& message_id);
    Result<void> finish(store::Transaction& transaction, std::string const& message_id);
    Result<void> settle(Task const& task);
    Result<void> send_reply(Question const& question, Reply reply);
    Result<void> hear_out(store::Transaction& transaction, CaseRow const& row,
        std::string_view state, std::string_view notice);
    Result<std::size_t> destroy_some(std::size_t count_max);
    Result<void> announce(store::Transaction& transaction, std::string const& message_id);
    Result<void> leave(store::Transaction& transaction, protection::Destroyed const& destroyed);
    Result<void> erase(store::Transaction& transaction, std::string const& id,
        std::vector<std::string> const& provisions);
    Result<void> clear_owed();
    Result<void> clear(std::string const& message_id);

    store::Store& store_;
    ledger::Ledger& ledger_;
    exchange::Exchange& exchange_;
    protection::Vault& vault_;
    treaty::Law const& law_;
    Settings settings_;
    Clock clock_;
    Files files_;
    OpenFiles open_files_;
    std::function<void(Notice const&)> changed_ = [](Notice const&) { };
    std::function<void()> task_ = [] { };
    std::map<std::string, Takes, std::less<>> takes_; // by word of the type
    std::map<std::string, LetsLeave, std::less<>> lets_leave_; // the same
    HearsOfDestruction destroyed_
        = [](auto&, auto const&, auto const&, auto) -> Result<void> { return {}; };
    std::vector<HearsOfMessage> failed_ {};
    std::vector<HearsOfMessage> taken_ {};
};

} // namespace comity::casework
