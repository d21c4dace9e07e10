#include "rights/need.h"

#include "casework/arrival.h"
#include "treaty/fact/exchange.h"
#include "treaty/fact/general.h"

#include <fmt/format.h>

/// What every notice and consent shares: judged, sealed, kept in its case.
namespace comity::rights {

using exchange::Delivered;
using exchange::Disposition;
using message::Type;
using store::Transaction;

NoticeView view_of(NoticeRow const& row, Instant now)
{
    auto const until = row.settled_at.value_or(now);
    auto const age = std::chrono::duration_cast<std::chrono::seconds>(until - row.at).count();
    return { row.place, row.sent, row.kind, row.party, row.item, row.case_number, row.ground,
        row.at, row.message, row.state, row.settled_at, row.entry, row.answer, row.reason,
        row.chases, age };
}

ConsentView view_of(ConsentRow const& row, Date today)
{
    bool const holds
        = row.state == ConsentState::granted && (!row.valid_until || today <= *row.valid_until);
    return { row.place, row.ours, row.party, row.item, row.case_number, row.subject, row.purpose,
        row.recipient_state, row.message, row.at, row.answer_by, row.state, row.number, row.answer,
        row.valid_until, row.decided_at, row.ground, holds };
}

Rights::Rights(Rooms rooms, Settings settings, Clock clock)
    : rooms_(rooms)
    , settings_(std::move(settings))
    , clock_(std::move(clock))
    , post_(rooms_, settings_, clock_)
{
    using Member = Taken (Rights::*)(Transaction&, Delivered const&);
    constexpr std::pair<Type, Member> takes[] = {
        { Type::correction, &Rights::receive_correction },
        { Type::destruction_confirmation, &Rights::receive_confirmation },
        { Type::doubt_notice, &Rights::receive_word },
        { Type::unlawful_use_report, &Rights::receive_word },
        { Type::comment, &Rights::receive_comment },
        { Type::consent_request, &Rights::receive_consent_request },
        { Type::consent_answer, &Rights::receive_consent_answer },
        { Type::consent_withdrawal, &Rights::receive_withdrawal },
    };
    for (auto const& [type, member] : takes)
        rooms_.casework.on_message(
            type, [this, member](Transaction& transaction, Delivered const& delivered) {
                return (this->*member)(transaction, delivered);
            });
    rooms_.casework.on_destroyed(
        [this](Transaction& transaction, std::string const& item, auto entry, Instant at) {
            return hear(transaction, item, entry, at);
        });
}

Result<std::optional<access::Refusal>> refused_to_see(
    Rights::Rooms const& rooms, std::string_view number, Officer const& officer)
{
    auto const row
        = TRY(rooms.store.read([&](Transaction& t) { return casework::find_case(t, number); }));
    if (row) return rooms.casework.refused_to_read(number, officer);
    return Error { Error::Kind::not_found, fmt::format("there is no case '{}'", number), "number" };
}

Result<Rights::Item> Rights::item_in(
    Transaction& transaction, std::string_view number, std::string const& id) const
{
    auto row = TRY(case_numbered(transaction, number));
    auto const content = TRY(casework::find_content(transaction, id));
    if (!content || content->number != number)
        return Error { Error::Kind::not_found,
            fmt::format("case '{}' has no content of the message '{}'", number, id.substr(0, 60)),
            "item" };
    auto message = TRY(exchange::message_by_id(transaction, id));
    return Item { std::move(row), *content, std::move(message) };
}

Result<CaseProtection> Rights::of_case(std::string_view number, Officer const& officer)
{
    CaseProtection out;
    out.refused = TRY(refused_to_see(rooms_, number, officer));
    if (out.refused) return out;
    auto const today = TRY(rooms_.vault.today());
    return rooms_.store.write([&](Transaction& t) -> Result<CaseProtection> {
        auto const row = TRY(case_numbered(t, number));
        for (auto const& content : TRY(casework::contents_of(t, number))) {
            auto const label = rooms_.vault.label(t, content.message);
            auto const message = exchange::message_by_id(t, content.message);
            if (!label.ok() || !message.ok()) continue; // gone, or never written
            std::vector<casework::Corrected> corrected;
            if (!TRY(notices_on(t, content.message)).empty())
                corrected = TRY(casework::open_content(t, rooms_.vault, content, row, officer, {}))
                                .corrected;
            out.items.push_back({ content.message, content.type, message.value().direction,
                message.value().peer, label.value().owner,
                protection::erase_by(label.value().deadlines), std::move(corrected) });
        }
        for (auto const& each : TRY(notices_in(t, number)))
            out.notices.push_back(view_of(each, clock_()));
        for (auto const& each : TRY(consents_in(t, number)))
            out.consents.push_back(view_of(each, today));
        return std::move(out);
    });
}

Result<std::size_t> Rights::work()
{
    constexpr std::int64_t a_round = 1000;
    auto const open
        = TRY(rooms_.store.read([&](Transaction& t) { return notices_open(t, a_round); }));
    std::size_t sent = 0;
    std::optional<Error> first;
    for (auto const& each : open) {
        auto const done = see_to(each);
        if (!done.ok() && !first) first = done.error(); // one that fails must not hold up the rest
        sent += static_cast<std::size_t>(done.ok() && done.value());
    }
    if (first) return *first;
    return sent;
}

Result<bool> Rights::see_to(NoticeRow const& notice)
{
    if (notice.kind != json::word(Type::correction) || notice.case_number.empty()) return false;
    if (!notice.sent) return notice.state == NoticeState::open ? false : confirm_one(notice);
    if (notice.message.empty()) {
        auto const id = TRY(send_one(notice, {}, casework::node_of(settings_.of.party)));
        return id.has_value();
    }
    auto const asked_at = notice.chased_at.value_or(notice.at);
    if (notice.state != NoticeState::open || clock_() - asked_at < settings_.patience) return false;
    auto const id = TRY(send_one(notice, {}, casework::node_of(settings_.of.party)));
    return id.has_value();
}

} // namespace comity::rights
