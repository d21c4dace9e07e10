#include "paper/case_papers.h"

#include "crypto/hash.h"
#include "document/told.h"
#include "document/words.h"
#include "paper/masking.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace comity::paper {
namespace {

using casework::CaseView;
using casework::Officer;
using casework::Wanted;
using document::Block;
using document::Particular;
using document::Particulars;
using store::Transaction;

/// Undercover messages never leave on paper: their secrecy lasts (Art. 16(7)).
bool is_covert(std::string_view type)
{
    return type.starts_with("undercover-");
}

/// Articles 13(5)(h) and 14(5)(h): officials who pursued or watched.
bool must_mask(CaseView const& view)
{
    auto const of_operation = [](std::string_view type) {
        return type.starts_with("pursuit") || type.starts_with("surveillance") || is_covert(type)
            || type == "operation-report" || type == "detention-notice";
    };
    return of_operation(view.kind) || std::ranges::any_of(view.contents, [&](auto const& each) {
        return of_operation(each.type);
    }) || std::ranges::any_of(view.closed, [&](auto const& each) {
        return of_operation(each.type);
    });
}

Error malformed(std::string_view field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::string { field } };
}

Result<void> check(Order const& order)
{
    if (order.language && !document::speaks(*order.language))
        return malformed("language", fmt::format("no paper is made in '{}'", *order.language));
    if (order.purpose && order.purpose->size() > casework::export_purpose_bytes_max)
        return malformed("purpose",
            fmt::format("at most {} bytes say what for", casework::export_purpose_bytes_max));
    auto const& names = order.also_mask.value_or(std::vector<std::string> {});
    if (names.size() > also_masked_max)
        return malformed("alsoMask", fmt::format("at most {} names", also_masked_max));
    for (auto const& name : names)
        if (name.size() < also_masked_bytes_min || name.size() > also_masked_bytes_max)
            return malformed("alsoMask",
                fmt::format(
                    "a name has {} to {} bytes", also_masked_bytes_min, also_masked_bytes_max));
    return {};
}

/// Sets one case on paper, every text through the mask.
class Setter {
public:
    Setter(CaseView const& view, Order const& order, std::string unit, Instant now)
        : view_(view)
        , order_(order)
        , language_(order.language.value_or("en"))
        , unit_(std::move(unit))
        , now_(now)
        , mask_(std::string { say("official") }, std::string { say("person") })
    {
    }

    Result<Sheet> set(std::string const& own_state)
    {
        out_.must_mask = must_mask(view_);
        bool const masks = out_.must_mask || order_.mask_officials.value_or(true);
        out_.masking = out_.must_mask ? "convention" : masks ? "officer" : "none";
        if (masks) mask_.add_officials_of(view_, own_state);
        for (auto const& name : order_.also_mask.value_or(std::vector<std::string> {}))
            mask_.add_person(name);
        add_head(masks);
        if (order_.piece == Piece::request) add_request();
        if (order_.piece == Piece::answer) TRY(add_answer());
        if (order_.piece == Piece::file) add_file();
        add_left_out();
        out_.masked = mask_.used();
        return std::move(out_);
    }

private:
    std::string_view say(std::string_view key) const { return document::word_in(language_, key); }
    std::string party(std::string_view code) const
    {
        return std::string { document::party_in(language_, code) };
    }
    std::string label(std::string_view group, std::string_view word) const
    {
        return document::label_in(language_, group, word);
    }
    std::string masked(std::string_view text) { return mask_.applied(text); }
    void add(Block block) { out_.document.blocks.push_back(std::move(block)); }
    void add_heading(std::string_view text) { add(document::Heading { 1, std::string { text } }); }

    void add_head(bool masks)
    {
        auto& document = out_.document;
        document.title = fmt::format("{} {}", say(json::word(order_.piece)), view_.number);
        document.language = language_;
        document.author = unit_;
        document.created = now_;
        document.header = fmt::format("{} \u00b7 {}", unit_, view_.number);
        document.footer = std::string { say("use") };
        std::vector<Particular> facts {
            { std::string { say("case") }, view_.number },
            { std::string { say("requesting") }, party(view_.requesting) },
            { std::string { say("requested") }, party(view_.requested) },
            { std::string { say("kind") }, label("kind", view_.kind) },
            { std::string { say("purpose") }, label("purpose", view_.purpose) },
            { std::string { say("state") }, label("state", json::word(view_.state)) },
            { std::string { say("opened") }, to_text(view_.opened_at) },
        };
        if (view_.peer_number)
            facts.insert(
                facts.begin() + 1, { std::string { say("peer-case") }, *view_.peer_number });
        if (order_.purpose)
            facts.push_back({ std::string { say("printed-for") }, masked(*order_.purpose) });
        add(Particulars { std::move(facts) });
        if (masks) add(document::Note { std::string { say("masked") } });
    }

    void add_object(json::Object const& object)
    {
        auto out = document::told_by(
            object, language_, [this](std::string_view text) { return masked(text); });
        if (!out.empty()) add(Particulars { std::move(out) });
    }
    void add_request()
    {
        add_asked();
        add_files(request_id());
    }
    std::string request_id() const
    {
        auto const* id = view_.request.if_contains("messageId");
        return id && id->is_string() ? std::string { id->get_string() } : std::string {};
    }
    /// Its content says again what stands beside it.
    void add_asked()
    {
        auto const* content = view_.request.if_contains("content");
        if (!content || !content->is_object()) return add_object(view_.request);
        json::Object out;
        for (auto const* beside : { "urgency", "eraseBy" })
            if (auto const* value = view_.request.if_contains(beside)) out[beside] = *value;
        for (auto const& member : content->get_object()) out[member.key()] = member.value();
        add_object(out);
    }
    void add_content(casework::ContentView const& content)
    {
        add(document::Heading { 2, label("message-kind", content.type) });
        std::vector<Particular> facts { { std::string { say("who") }, party(content.from) } };
        if (content.at) facts.push_back({ std::string { say("at") }, to_text(*content.at) });
        if (content.erase_by)
            facts.push_back({ std::string { say("erase-by") }, to_text(*content.erase_by) });
        add(Particulars { std::move(facts) });
        add_object(content.content);
        add_files(content.message_id);
    }
    /// What lies beside a message, by what its manifest signs.
    void add_files(std::string_view message)
    {
        document::Table table;
        table.columns = { { std::string { say("file-name") }, 4 },
            { std::string { say("file-type") }, 2 }, { std::string { say("file-bytes") }, 2 },
            { "SHA-256", 4 }, { std::string { say("file-root") }, 4 } };
        for (auto const& file : view_.files)
            if (file.message_id == message)
                table.rows.push_back({ masked(file.name), file.media_type,
                    std::to_string(file.bytes), file.sha256.value_or("-"), file.digest });
        if (table.rows.empty()) return;
        add(document::Heading { 3, std::string { say("files") } });
        add(std::move(table));
    }
    Result<void> add_answer()
    {
        bool found = false;
        for (auto const& each : view_.contents) {
            if (each.type != "answer" && each.type != "partial-answer" && each.type != "refusal")
                continue;
            add_content(each);
            found = true;
        }
        if (found) return {};
        if (view_.answer) add_object(*view_.answer);
        if (view_.refusal) add_object(*view_.refusal);
        if (view_.answer || view_.refusal) return {};
        return Error { Error::Kind::conflict, "this case has no answer to print", "piece" };
    }
    void add_file()
    {
        add_heading(say("request"));
        add_request();
        bool first = true;
        for (auto const& each : view_.contents) {
            if (is_covert(each.type)) continue;
            if (std::exchange(first, false)) add_heading(say("contents"));
            add_content(each);
        }
        add_heading(say("timeline"));
        document::Table table;
        table.columns = { { std::string { say("at") }, 3 }, { std::string { say("what") }, 4 },
            { std::string { say("who") }, 3 }, { std::string { say("articles") }, 2 } };
        for (auto const& item : view_.timeline)
            table.rows.push_back({ to_text(item.at), act(item), masked(item.actor),
                fmt::format("{}", fmt::join(item.provisions, ", ")) });
        add(std::move(table));
    }
    /// As the desk tells it.
    std::string act(casework::TimelineItem const& item)
    {
        auto const found = document::label_in(language_, "act." + item.act);
        if (!found) return document::spaced(item.act);
        std::string out;
        for (std::size_t at = 0; at < found->size();) {
            auto const open = std::min(found->find('{', at), found->size());
            out += found->substr(at, open - at);
            auto const close = found->find('}', open);
            if (close == found->npos) break;
            out += fact(item.facts, found->substr(open + 1, close - open - 1));
            at = close + 1;
        }
        while (out.ends_with(' ') || out.ends_with(':')) out.pop_back();
        return out;
    }
    std::string fact(json::Object const& facts, std::string_view name)
    {
        auto const text = casework::text_at(facts, name);
        if (text.empty()) return {};
        if (name == "party") return party(text);
        if (name == "type" || name == "what") return label("message-kind", text);
        if (name == "result") return label("hit", text);
        if (name == "verdict" || name == "receipt") return label(name, text);
        return masked(text);
    }
    void add_left_out()
    {
        for (auto const& each : view_.closed) out_.left_out.push_back(each.type);
        for (auto const& each : view_.contents)
            if (is_covert(each.type)) out_.left_out.push_back(each.type);
        if (out_.left_out.empty()) return;
        std::vector<std::string> types;
        for (auto const& type : out_.left_out) types.push_back(label("message-kind", type));
        add(document::Note { fmt::format("{}: {}", say("left-out"), fmt::join(types, ", ")) });
    }

    CaseView const& view_;
    Order const& order_;
    std::string language_;
    std::string unit_;
    Instant now_;
    Mask mask_;
    Sheet out_;
};

} // namespace

Result<Sheet> sheet_of(CaseView const& view, Order const& order, std::string const& own_state,
    std::string const& unit, Instant now)
{
    TRY(check(order));
    return Setter { view, order, unit, now }.set(own_state);
}

CasePapers::CasePapers(store::Store& store, protection::Vault& vault, casework::Casework& casework,
    casework::Settings settings, Clock clock)
    : store_(store)
    , vault_(vault)
    , casework_(casework)
    , settings_(std::move(settings))
    , clock_(std::move(clock))
{
}

Result<Preview> CasePapers::preview(
    std::string_view number, Order const& order, Officer const& officer)
{
    TRY(check(order));
    auto view = TRY(casework_.open_case(number, officer));
    if (view.refused) return Preview { view.refused, {} };
    TRY(casework_.digest(view.files));
    return Preview { {}, TRY(sheet_of(view, order, settings_.party, settings_.unit, clock_())) };
}

Result<Exported> CasePapers::export_case(
    std::string_view number, Order const& order, std::string_view format, Officer const& officer)
{
    TRY(check(order));
    if (format != "pdf" && format != "html")
        return malformed("format", "a paper leaves as pdf or as html");
    auto const& purpose = order.purpose.value_or("");
    if (purpose.find_first_not_of(" \t\n") == std::string::npos)
        return malformed("purpose", "who exports says what for (Art. 31(4)(a), 32(1))");
    auto const now = clock_();
    Wanted const disclosing { .operation = protection::Operation::disclose };
    auto view = TRY(casework_.open_case(number, officer, disclosing));
    if (view.refused) return Exported { view.refused };
    TRY(casework_.digest(view.files));
    auto const sheet = TRY(sheet_of(view, order, settings_.party, settings_.unit, now));
    Exported out;
    out.file = format == "pdf" ? TRY(document::pdf(sheet.document))
                               : to_bytes(document::html(sheet.document));
    casework::Export fresh { 0, std::string { number }, json::word(order.piece),
        std::string { format }, purpose, now, officer.account, officer.name,
        static_cast<std::int64_t>(sheet.masked.size()),
        to_hex(crypto::sha256(ByteView { out.file })), sheet.masking };
    out.entry = TRY(store_.write([&](Transaction& t) -> Result<casework::Export> {
        auto entry = TRY(casework_.enter_export(t, std::move(fresh)));
        auto const place = fmt::format("export {} of case {}", entry.place, number);
        for (auto const& content : TRY(casework::contents_of(t, number))) {
            auto const noted
                = vault_.add_copy(t, content.message, { protection::CopyKind::exported, place });
            if (!noted.ok() && noted.error().kind != Error::Kind::not_found) return noted.error();
        }
        return entry;
    }));
    return out;
}

Result<CasePapers::Listed> CasePapers::exports(std::string_view number, Officer const& officer)
{
    Listed out;
    auto const row
        = TRY(store_.read([&](Transaction& t) { return casework::find_case(t, number); }));
    if (!row)
        return Error { Error::Kind::not_found, fmt::format("there is no case '{}'", number),
            "number" };
    out.refused = TRY(casework_.refused_to_read(number, officer));
    if (out.refused) return out;
    out.exports = TRY(store_.read([&](Transaction& t) { return casework::exports_of(t, number); }));
    return out;
}

} // namespace comity::paper
