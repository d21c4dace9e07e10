#include "casework/views.h"

#include "casework/call.h"
#include "casework/casework.h"
#include "casework/notice.h"
#include "casework/request_kind.h"
#include "crypto/cms.h"
#include "message/body.h"

#include <fmt/format.h>

#include <charconv>

namespace comity::casework {
namespace {

using exchange::Stored;
using store::Transaction;

std::optional<std::string> unless_empty(std::string const& text)
{
    return text.empty() ? std::nullopt : std::optional { text };
}

InboxItem inbox_item(CaseRow const& row, std::string_view own)
{
    return { row.number, row.request_message, "request", row.requesting == own ? "out" : "in",
        row.requesting, row.requested, { row.kind, {}, {} }, row.state,
        is_open(row.state) ? row.due_at : std::nullopt, "setting", row.opened_at };
}

/// Our own rows: judged when they came or were written. One that is queued lacks its number.
Result<message::Manifest> manifest_of(Stored const& stored)
{
    return json::read_text<message::Manifest>(as_text(stored.manifest), json::Unknown::keep);
}

Result<ReceiptView> view_of(ByteView receipt)
{
    auto const text = TRY(crypto::enclosed_content(receipt));
    auto const read = TRY(json::read_text<message::Receipt>(text, json::Unknown::keep));
    return ReceiptView { json::word(read.kind), read.persisted_at, text };
}

std::string number_here(Stored const& stored, message::Manifest const& manifest)
{
    auto const& [ours, yours] = manifest.case_reference; // as its sender says it
    if (stored.direction == "out") return ours;
    if (yours) return *yours;
    // Who passes a request on has it under the number that it has here.
    return ours.find('/') != ours.npos ? ours : incoming_number(stored.peer, ours);
}

Result<MessageLine> line_of(Stored const& stored)
{
    auto const manifest = TRY(manifest_of(stored));
    return MessageLine { stored.id, stored.type, stored.direction, manifest.from.state,
        manifest.to.state, stored.seq, stored.at, stored.state, number_here(stored, manifest) };
}

/// Everything a case page needs of one message, and its place in the register.
Result<std::optional<Stored>> stored_if(Transaction& transaction, std::string const& id)
{
    auto found = exchange::message_by_id(transaction, id);
    if (found.ok()) return std::optional { found.take() };
    if (found.error().kind == Error::Kind::not_found) return std::optional<Stored> {};
    return found.error();
}

/// Of what has an entry of the register without a message.
std::optional<std::uint64_t> entry_in(json::Object const& facts)
{
    auto const text = text_at(facts, "entry");
    std::uint64_t out = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    bool const whole = error == std::errc {} && end == text.data() + text.size();
    return whole ? std::optional { out } : std::nullopt;
}

Result<std::vector<TimelineItem>> timeline_of(Transaction& transaction, std::string_view number)
{
    std::vector<TimelineItem> out;
    for (auto const& event : TRY(events_of(transaction, number))) {
        auto const stored
            = event.message ? TRY(stored_if(transaction, *event.message)) : std::nullopt;
        out.push_back({ event.at, event.recorded_at, event.act, event.actor, event.message,
            stored ? stored->entry : entry_in(event.facts), event.provisions, event.facts });
    }
    return out;
}

/// The time from the request to its settlement; running while it is open.
CaseClock answer_clock(CaseRow const& row, std::vector<TimelineItem> const& timeline)
{
    CaseClock clock { "answer", "A4(1)-1", row.opened_at, {}, {} };
    if (is_open(row.state)) {
        clock.due_at = row.due_at;
        return clock;
    }
    for (auto const& item : timeline)
        if (item.act.starts_with("answer-") || item.act.starts_with("refusal-")
            || item.act.starts_with("dna-result-"))
            clock.elapsed
                = std::chrono::duration_cast<std::chrono::seconds>(item.recorded_at - row.opened_at)
                      .count();
    return clock;
}

/// A4(6)-3: "immediately" has no number, so the time is measured.
CaseClock confirmation_clock(CaseRow const& row)
{
    CaseClock clock { "confirmation", "A4(6)-3", *row.called_at, {}, {} };
    if (row.confirmed_at)
        clock.elapsed
            = std::chrono::duration_cast<std::chrono::seconds>(*row.confirmed_at - *row.called_at)
                  .count();
    return clock;
}

/// A content as a desk shows it; the decisions inside stand beside it already.
json::Object without(json::Value const& content, std::string_view member)
{
    auto out = content.get_object();
    out.erase(member);
    return out;
}

/// The codes of a manifest bind too: they stand where the content itself says nothing.
void add_handling(json::Object& content, std::vector<std::string> const& codes)
{
    if (codes.empty() || !handling_codes(content).empty()) return;
    json::Object handling;
    if (auto* said = content.if_contains("handling"); said && said->is_object())
        handling = said->get_object();
    handling["codes"] = json::write(codes);
    content["handling"] = std::move(handling);
}

Body const* body_in(std::span<Opened const> contents, std::string_view message)
{
    for (auto const& each : contents)
        if (each.body.message == message && each.judgement.permitted()) return &each.body;
    return nullptr;
}

Result<json::Object> request_view(
    Transaction& transaction, CaseRow const& row, std::span<Opened const> contents)
{
    json::Object out { { "messageId", row.request_message } };
    std::vector<std::string> said_beside;
    if (auto const kept = TRY(find_content(transaction, row.request_message)))
        out["level"] = kept->level;
    if (auto const stored = TRY(stored_if(transaction, row.request_message))) {
        auto const manifest = TRY(manifest_of(*stored));
        out["urgency"] = json::word(manifest.urgency);
        if (manifest.retention) out["eraseBy"] = to_text(manifest.retention->erase_by);
        said_beside = manifest.handling;
    }
    auto const* body = body_in(contents, row.request_message);
    if (!body) return out; // destroyed on its day, or closed to this reader
    if (!find_request_kind(row.kind)) { // a notice, or the request of a room above
        auto content = TRY(json::parse(body->text)).as_object();
        add_handling(content, said_beside);
        out["content"] = std::move(content);
        return out;
    }
    auto const request = TRY(request_in(*body));
    out["requestingAuthority"] = request.requesting_authority;
    out["requestedAuthority"] = request.requested_authority;
    if (request.vehicle) {
        if (request.vehicle->plate) out["plate"] = *request.vehicle->plate;
        if (request.vehicle->registration_state)
            out["registrationState"] = *request.vehicle->registration_state;
    }
    auto content = without(json::write(request), "decision");
    add_handling(content, said_beside);
    out["content"] = std::move(content);
    return out;
}

Result<json::Object> answer_view(Transaction& transaction, Body const& body)
{
    auto const manifest = TRY(manifest_of(TRY(exchange::message_by_id(transaction, body.message))));
    auto const answer = TRY(json::read_text<message::Answer>(body.text, json::Unknown::keep));
    json::Object out { { "messageId", body.message }, { "result", json::word(answer.result) },
        { "vehicles", json::write(answer.vehicles) }, { "purpose", manifest.purpose } };
    if (manifest.retention) out["eraseBy"] = to_text(manifest.retention->erase_by);
    return out;
}

Result<json::Object> refusal_view(Body const& body)
{
    auto const refusal = TRY(json::read_text<message::Refusal>(body.text, json::Unknown::keep));
    return json::Object { { "messageId", body.message }, { "ground", refusal.ground },
        { "provision", refusal.provisions.empty() ? "A30(1)-1" : refusal.provisions.front() },
        { "text", refusal.text } };
}

Result<ContentView> content_view(Transaction& transaction, Body const& body)
{
    auto content = TRY(json::parse(body.text)).as_object();
    content.erase("request"); // Shown as the request of the case.
    for (auto const* own : { "decision", "requestDecision" }) {
        content.erase(own);
        if (auto* answer = content.if_contains("answer"); answer && answer->is_object())
            answer->get_object().erase(own);
    }
    ContentView out { body.message, body.type, "out", {}, {}, {}, std::move(content) };
    auto const stored = TRY(stored_if(transaction, body.message));
    if (!stored) return out;
    if (auto const kept = TRY(find_content(transaction, body.message))) out.level = kept->level;
    auto const manifest = TRY(manifest_of(*stored));
    out.direction = stored->direction;
    out.from = manifest.from.state;
    out.at = manifest.created_at;
    if (manifest.retention) out.erase_by = manifest.retention->erase_by;
    add_handling(out.content, manifest.handling);
    return out;
}

Error no_case(std::string_view number)
{
    return { Error::Kind::not_found, fmt::format("there is no case '{}'", number), "number" };
}

Result<void> show(Transaction& transaction, CaseRow const& row, Opened const& opened, CaseView& out)
{
    auto const& body = opened.body;
    if (body.message == row.request_message) out.offence = opened.heading.offence;
    if (!opened.judgement.permitted()) {
        out.closed.push_back(
            { body.message, body.type, opened.judgement.objections, opened.judgement.ways });
        return {};
    }
    if (body.message != row.request_message || body.type == "oral-request-confirmation"
        || body.type == kept_call)
        out.contents.push_back(TRY(content_view(transaction, body)));
    if (body.type == "answer") out.answer = TRY(answer_view(transaction, body));
    if (body.type == "refusal") out.refusal = TRY(refusal_view(body));
    if (auto const stored = TRY(stored_if(transaction, body.message)))
        for (auto& file : files_of(TRY(manifest_of(*stored)))) out.files.push_back(std::move(file));
    for (auto const& each : opened.decisions)
        out.decisions.push_back({ each.role, each.party, each.at, each.decision });
    return {};
}

/// Of what an inbox shows of it; its title comes with the message and its plain words.
std::string version_of(CaseRow const& row, std::span<AccessEntry const> held)
{
    auto all = fmt::format("{}\n{}\n{}\n", json::word(row.state), row.request_message, row.related);
    if (row.due_at) all += to_text(*row.due_at);
    for (auto const& each : held)
        all += "\n" + each.account + " " + each.name + " " + json::word(each.act);
    constexpr std::size_t bytes = 8;
    return to_hex(ByteView { crypto::sha256(as_view(all)) }.first(bytes));
}

/// A line of the inbox: whose it is and for whom it lies open.
Result<InboxItem> line_for(Transaction& transaction, CaseRow const& row, std::string_view own,
    Officer const& officer, Instant now)
{
    auto item = inbox_item(row, own);
    auto const held = holding(TRY(access_entries(transaction, row.number)), now);
    item.open = !refused_to_open(held, officer);
    item.taken = is_taken(held);
    for (auto const& each : held) {
        item.holders.push_back(each.name);
        item.broken_in |= each.act == AccessAct::emergency;
    }
    item.related = row.related;
    item.version = version_of(row, held);
    return item;
}

/// What everybody who reads cases may know of one.
CaseView closed_case(CaseRow const& row, access::Refusal const& refusal)
{
    CaseView out {};
    out.number = row.number;
    out.kind = row.kind;
    out.requesting = row.requesting;
    out.requested = row.requested;
    out.state = row.state;
    out.opened_at = row.opened_at;
    out.refused = refusal;
    return out;
}

std::string text_of(crypto::Digest const& digest)
{
    return to_base64(digest);
}

} // namespace

Result<std::string> own_number(Stored const& message)
{
    return number_here(message, TRY(manifest_of(message)));
}

Result<std::optional<std::string>> case_of_entry(Transaction& transaction, std::uint64_t index)
{
    auto const leaf = TRY(ledger::leaf(transaction, index));
    auto const entry
        = TRY(json::read_text<message::RegisterEntry>(as_text(leaf), json::Unknown::keep));
    auto const found = exchange::message_by_id(transaction, entry.message);
    if (!found.ok()) return std::optional<std::string> {};
    auto number = TRY(own_number(found.value()));
    for (auto const& event : TRY(events_of(transaction, number)))
        if (event.message == entry.message) return std::optional { std::move(number) };
    return std::optional<std::string> {};
}

Result<std::vector<InboxItem>> inbox(
    Transaction& transaction, std::string_view own, std::int64_t limit)
{
    std::vector<InboxItem> out;
    for (auto const& row : TRY(list_cases(transaction, limit))) out.push_back(inbox_item(row, own));
    return out;
}

Result<CaseView> case_view(Transaction& transaction, std::string_view number, std::string_view own,
    std::span<Opened const> contents)
{
    auto const row = TRY(find_case(transaction, number));
    if (!row) return no_case(number);
    auto request = TRY(request_view(transaction, *row, contents));
    auto timeline = TRY(timeline_of(transaction, number));
    CaseView out { row->number, unless_empty(row->peer_number), row->kind, row->purpose, {},
        row->need_ground, row->requesting, row->requested, row->state, row->opened_at, {},
        std::move(request), {}, {}, std::move(timeline), {}, {},
        own.empty() ? std::vector<std::string> {} : open_steps(*row, own), row->stated,
        row->called_at, row->confirmed_at, {}, {} };
    bool const left = row->state != CaseState::proposed && row->state != CaseState::sent_back;
    if (left && row->state != CaseState::informed)
        out.clocks.push_back(answer_clock(*row, out.timeline));
    if (row->called_at) out.clocks.push_back(confirmation_clock(*row));
    for (auto const& each : contents) TRY(show(transaction, *row, each, out));
    for (auto const& each : TRY(contents_of(transaction, number)))
        out.level = std::max(out.level, each.level);
    return out;
}

Result<std::optional<CaseMoved>> case_moved(
    Transaction& transaction, std::string_view number, Instant now)
{
    auto const row = TRY(find_case(transaction, number));
    if (!row) return std::optional<CaseMoved> {};
    auto const held = holding(TRY(access_entries(transaction, number)), now);
    return std::optional { CaseMoved { row->number, row->state,
        is_open(row->state) ? row->due_at : std::nullopt, row->opened_at,
        version_of(*row, held) } };
}

Result<std::vector<InboxItem>> Casework::inbox(std::int64_t limit, Officer const& officer)
{
    auto const now = clock_();
    std::vector<InboxItem> out;
    TRY(store_.read([&](Transaction& t) -> Result<void> {
        for (auto const& row : TRY(list_cases(t, limit)))
            out.push_back(TRY(line_for(t, row, settings_.party, officer, now)));
        return {};
    }));
    TRY(complete(out, officer));
    return out;
}

Result<InboxItem> Casework::inbox_item(std::string_view number, Officer const& officer)
{
    auto const now = clock_();
    std::vector<InboxItem> one;
    TRY(store_.read([&](Transaction& t) -> Result<void> {
        auto const row = TRY(find_case(t, number));
        if (!row) return no_case(number);
        one.push_back(TRY(line_for(t, *row, settings_.party, officer, now)));
        return {};
    }));
    TRY(complete(one, officer));
    return std::move(one.front());
}

/// What each is about where he may know that; its sender learns that it is here.
Result<void> Casework::complete(std::vector<InboxItem>& items, Officer const& officer)
{
    TRY(tell_delivered(items));
    std::vector<std::string> ids;
    std::vector<InboxItem*> shown;
    for (auto& item : items) {
        if (!item.open) continue;
        ids.push_back(item.message_id);
        shown.push_back(&item);
    }
    CaseRow list {};
    list.number = "inbox";
    auto const headings = TRY(vault_.headings(ids, use_of(list, officer, {}, true)));
    for (std::size_t i = 0; i < shown.size(); ++i) {
        auto const heading = read_heading(headings[i]);
        shown[i]->title.plate = unless_empty(heading.plate);
        shown[i]->title.subject = unless_empty(heading.subject);
    }
    for (auto& item : items) // None told to who may not see that.
        if (!item.open) item.related = 0;
    for (std::size_t i = 0; i < shown.size(); ++i)
        if (!headings[i]) shown[i]->related = 0;
    return {};
}

Result<CaseView> Casework::open_case(
    std::string_view number, Officer const& officer, Wanted const& wanted)
{
    std::optional<CaseView> closed;
    auto const contents
        = TRY(store_.write([&](Transaction& transaction) -> Result<std::vector<Opened>> {
              auto const row = TRY(find_case(transaction, number));
              if (!row) return no_case(number);
              if (auto const refused = TRY(refused_to_open(transaction, number, officer, clock_())))
                  closed = closed_case(*row, *refused);
              auto opened = TRY(open_contents(transaction, vault_, *row, officer, wanted));
              TRY(tell_opened(transaction, opened));
              return opened;
          }));
    if (closed) return std::move(*closed);
    return store_.read([&](Transaction& transaction) {
        return case_view(transaction, number, settings_.party, contents);
    });
}

Result<std::vector<MessageLine>> message_lines(Transaction& transaction, std::int64_t limit)
{
    std::vector<MessageLine> out;
    for (auto const& stored : TRY(exchange::messages(transaction, limit)))
        out.push_back(TRY(line_of(stored)));
    return out;
}

Result<std::string> receipt_text(Stored const& message)
{
    return crypto::enclosed_content(message.receipt);
}

Result<MessageView> message_view(Transaction& transaction, std::string_view id)
{
    auto const stored = TRY(exchange::message_by_id(transaction, id));
    auto const line = TRY(line_of(stored));
    MessageView out { line.id, line.kind, line.direction, line.from, line.to, line.seq,
        line.created_at, line.state, line.case_number, std::string { as_text(stored.manifest) },
        stored.entry, {} };
    if (!stored.receipt.empty()) out.receipts.push_back(TRY(view_of(stored.receipt)));
    for (auto const& later : TRY(exchange::later_receipts(transaction, id)))
        out.receipts.push_back(TRY(view_of(later)));
    std::ranges::sort(out.receipts, {}, &ReceiptView::at);
    return out;
}

Result<RegisterPage> register_page(
    Transaction& transaction, std::optional<std::uint64_t> before, std::uint64_t limit)
{
    auto const size = TRY(ledger::size(transaction));
    RegisterPage out { size, {} };
    for (auto index = std::min(before.value_or(size), size); index-- > 0;) {
        if (out.entries.size() == limit) break;
        auto const leaf = TRY(ledger::leaf(transaction, index));
        auto const entry
            = TRY(json::read_text<message::RegisterEntry>(as_text(leaf), json::Unknown::keep));
        out.entries.push_back({ index, to_base64(leaf), json::word(entry.act), entry.at, entry.from,
            entry.to, entry.purpose, entry.provisions, entry.message, entry.erase_by,
            entry.law_version });
    }
    return out;
}

Result<EntryProof> entry_proof(
    Transaction& transaction, std::uint64_t index, ledger::Verifier const& verifier)
{
    auto const proof = TRY(ledger::prove(transaction, index));
    auto const head = TRY(ledger::read_checkpoint(proof.checkpoint));
    EntryProof out { index, head.size, to_base64(proof.leaf),
        text_of(ledger::leaf_hash(proof.leaf)), {}, proof.checkpoint, verifier.text() };
    for (auto const& hash : proof.path) out.path.push_back(text_of(hash));
    return out;
}

} // namespace comity::casework
