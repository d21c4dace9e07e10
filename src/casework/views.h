#pragma once

#include "casework/case_files.h"
#include "casework/contents.h"
#include "exchange/exchange.h"

/// What a desk shows, in the shapes of api/openapi.yaml. Reading only.
namespace comity::casework {

struct InboxTitle {
    std::string kind;
    std::optional<std::string> plate;
    std::optional<std::string> subject; ///< Whom or what it is about, in a few words.
};
BOOST_DESCRIBE_STRUCT(InboxTitle, (), (kind, plate, subject))

struct InboxItem {
    std::string case_number;
    std::string message_id;
    std::string kind;
    std::string direction;
    std::string from, to;
    InboxTitle title;
    CaseState state;
    std::optional<Instant> due_at;
    std::optional<std::string> due_source;
    Instant received_at;
    bool open = true; ///< To who looks; else there is only that it is there.
    bool taken = false;
    std::vector<std::string> holders {}; ///< Names of those who need to know it.
    bool broken_in = false; ///< An emergency opening lasts.
    std::string version {}; ///< Another one as soon as anything else of it is, but its title.
    std::int64_t related = 0; ///< Other cases like its request; none told to who may not see that.
};
BOOST_DESCRIBE_STRUCT(InboxItem, (),
    (case_number, message_id, kind, direction, from, to, title, state, due_at, due_source,
        received_at, open, taken, holders, broken_in, version, related))

/// What a desk needs to tell whether its list shows a case that moved as it is now.
struct CaseMoved {
    std::string number;
    CaseState state;
    std::optional<Instant> due_at;
    Instant received_at;
    std::string version; ///< Of its InboxItem.
};
BOOST_DESCRIBE_STRUCT(CaseMoved, (), (number, state, due_at, received_at, version))
/// Nothing where there is no such case.
Result<std::optional<CaseMoved>> case_moved(
    store::Transaction& transaction, std::string_view number, Instant now);

struct CaseClock {
    std::string id;
    std::string provision;
    Instant started_at;
    std::optional<Instant> due_at;
    std::optional<std::int64_t> elapsed; ///< Seconds, once it has stopped.
};
BOOST_DESCRIBE_STRUCT(CaseClock, (), (id, provision, started_at, due_at, elapsed))

struct TimelineItem {
    Instant at, recorded_at;
    std::string act, actor;
    std::optional<std::string> message_id;
    std::optional<std::uint64_t> entry_index;
    std::vector<std::string> provisions;
    json::Object facts;
};
BOOST_DESCRIBE_STRUCT(
    TimelineItem, (), (at, recorded_at, act, actor, message_id, entry_index, provisions, facts))

struct DecisionView {
    std::string role, party;
    Instant at;
    json::Value decision;
};
BOOST_DESCRIBE_STRUCT(DecisionView, (), (role, party, at, decision))

/// What was said in a case after its request, as it stands in its message.
struct ContentView {
    std::string message_id, type, direction, from;
    std::optional<Instant> at;
    std::optional<Date> erase_by;
    json::Object content;
    std::uint8_t level = 0; ///< Art. 32.
};
BOOST_DESCRIBE_STRUCT(
    ContentView, (), (message_id, type, direction, from, at, erase_by, content, level))

/// A content that its reader may not see, and why (Art. 31(4)(a), (b), 32).
struct ClosedView {
    std::string message_id, type;
    std::vector<protection::Objection> objections;
    std::vector<protection::Way> ways; ///< Out of it, where its purpose is another.
};
BOOST_DESCRIBE_STRUCT(ClosedView, (), (message_id, type, objections, ways))

struct CaseView {
    std::string number;
    std::optional<std::string> peer_number;
    std::string kind, purpose, offence;
    std::optional<std::string> need_ground;
    std::string requesting, requested;
    CaseState state;
    Instant opened_at;
    std::vector<CaseClock> clocks;
    json::Object request;
    std::optional<json::Object> answer;
    std::optional<json::Object> refusal;
    std::vector<TimelineItem> timeline;
    std::vector<DecisionView> decisions;
    std::vector<ContentView> contents; ///< The oldest first.
    std::vector<std::string> steps; ///< Types of what this State may do now (casework/step.h).
    json::Object stated; ///< Facts that our officers stated.
    std::optional<Instant> called_at; ///< Of a request by word of mouth.
    std::optional<Instant> confirmed_at;
    std::vector<ClosedView> closed;
    std::vector<CaseFileLine> files {}; ///< That go with what he may see.
    std::uint8_t level = 0; ///< Art. 32: the highest of its messages, whether he may see them.
    std::optional<access::Refusal> refused {}; ///< Not told as a member: then nothing else is.
};
BOOST_DESCRIBE_STRUCT(CaseView, (),
    (number, peer_number, kind, purpose, offence, need_ground, requesting, requested, state,
        opened_at, clocks, request, answer, refusal, timeline, decisions, contents, steps, stated,
        called_at, confirmed_at, closed, files, level))

struct MessageLine {
    std::string id, kind, direction, from, to;
    std::optional<std::uint64_t> seq; ///< None while it is queued.
    Instant created_at;
    std::string state;
    std::string case_number;
};
BOOST_DESCRIBE_STRUCT(
    MessageLine, (), (id, kind, direction, from, to, seq, created_at, state, case_number))

struct ReceiptView {
    std::string kind;
    Instant at;
    std::string text; ///< The exact bytes that were signed.
};
BOOST_DESCRIBE_STRUCT(ReceiptView, (), (kind, at, text))

struct MessageView {
    std::string id, kind, direction, from, to;
    std::optional<std::uint64_t> seq; ///< None while it is queued.
    Instant created_at;
    std::string state;
    std::string case_number;
    std::string manifest; ///< The exact bytes that were signed.
    std::optional<std::uint64_t> entry_index;
    std::vector<ReceiptView> receipts;
};
BOOST_DESCRIBE_STRUCT(MessageView, (),
    (id, kind, direction, from, to, seq, created_at, state, case_number, manifest, entry_index,
        receipts))

struct RegisterLine {
    std::uint64_t index;
    std::string leaf; ///< base64 of the exact bytes
    std::string act;
    Instant at;
    std::string from, to, purpose;
    std::vector<std::string> provisions;
    std::string message_id;
    std::optional<Date> erase_by;
    std::string law_version;
};
BOOST_DESCRIBE_STRUCT(RegisterLine, (),
    (index, leaf, act, at, from, to, purpose, provisions, message_id, erase_by, law_version))

struct RegisterPage {
    std::uint64_t size;
    std::vector<RegisterLine> entries;
};
BOOST_DESCRIBE_STRUCT(RegisterPage, (), (size, entries))

struct EntryProof {
    std::uint64_t index, size;
    std::string leaf, leaf_hash;
    std::vector<std::string> path;
    std::string checkpoint;
    std::string verifier_key;
};
BOOST_DESCRIBE_STRUCT(
    EntryProof, (), (index, size, leaf, leaf_hash, path, checkpoint, verifier_key))

/// Without their headings, which lie in the vault.
Result<std::vector<InboxItem>> inbox(
    store::Transaction& transaction, std::string_view own, std::int64_t limit);
/// With those contents that were opened for it. `own`: the State whose steps are shown, none where
/// it is empty. Error: not_found.
Result<CaseView> case_view(store::Transaction& transaction, std::string_view number,
    std::string_view own, std::span<Opened const> contents);
Result<std::vector<MessageLine>> message_lines(store::Transaction& transaction, std::int64_t limit);
/// The number of our own case that a message belongs to, also when its content is gone.
Result<std::string> own_number(exchange::Stored const& message);
/// The case of the message of an entry of the register; none where there is no such case.
Result<std::optional<std::string>> case_of_entry(
    store::Transaction& transaction, std::uint64_t index);
Result<MessageView> message_view(store::Transaction& transaction, std::string_view id);
/// Entries below `before`, the newest first.
Result<RegisterPage> register_page(
    store::Transaction& transaction, std::optional<std::uint64_t> before, std::uint64_t limit);
Result<EntryProof> entry_proof(
    store::Transaction& transaction, std::uint64_t index, ledger::Verifier const& verifier);

/// The JSON inside a signed receipt, without asking whose signature it bears: it was checked when
/// it was stored.
Result<std::string> receipt_text(exchange::Stored const& message);

} // namespace comity::casework
