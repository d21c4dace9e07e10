#pragma once

#include "casework/casework.h"
#include "treaty/fact/exchange.h"

/// How this room judges, seals and keeps the messages of Article 31(4): each in a case.
namespace comity::rights {

/// An open confirmation older than this is asked for again, and again after the same time: the
/// Convention says "immediately" and sets no number.
constexpr std::chrono::hours usual_patience { 72 };
constexpr std::size_t text_bytes_max = 4000;

struct Settings {
    casework::Settings of;
    std::chrono::hours patience = usual_patience; ///< With an open confirmation.
};

struct Rooms {
    store::Store& store;
    exchange::Exchange& exchange;
    casework::Casework& casework;
    protection::Vault& vault;
    treaty::Law const& law;
};

/// Error: malformed, naming the field, for a text that is not there or over text_bytes_max.
Result<void> check_text(std::string field, std::string_view text);

struct Letter {
    message::Type type {};
    std::string party, number;
    std::optional<std::string> peer_number {}; ///< Of a case that is theirs.
    json::Object content {};
    std::optional<Date> erase_by {}; ///< Of personal data in it.
    std::string purpose {};
    std::optional<message::InReplyTo> answers {};
    std::vector<std::string> provisions {};
    std::uint8_t level = 0; ///< Art. 32: of the item that it tells of.
};

class Post {
public:
    Post(Rooms rooms, Settings settings, Clock clock);

    using Tells = std::function<void(treaty::Facts&)>;
    /// In the words of Article 31: who holds the data and acts is the requesting Party.
    Result<treaty::Decision> judge(treaty::Measure measure, std::string const& party,
        casework::CaseRow const& row, Tells const& tell) const;
    /// In our case of that number, about an item in it. Without personal data where the item is
    /// gone. Error: not_found.
    Result<Letter> letter_on(std::string_view number, std::string const& party,
        std::string const& item, message::Type type, json::Object content) const;
    /// What a letter says that it answers. Error: not_found.
    Result<message::InReplyTo> reply_to(std::string const& id) const;
    Result<exchange::Sealed> seal(Letter const& letter) const;
    /// Queued, kept in its case, and in the timeline. Its id.
    Result<std::string> submit(store::Transaction& transaction, Letter const& letter,
        exchange::Sealed const& sealed, std::string_view actor, json::Object facts);

    /// What came is kept in the case. Its rejection where the message itself is at fault.
    Result<std::optional<exchange::Disposition>> keep(store::Transaction& transaction,
        exchange::Delivered const& delivered, std::string const& number, json::Object facts);
    exchange::Disposition taken(std::vector<std::string> not_understood = {}) const;

private:
    Rooms rooms_;
    Settings settings_;
    Clock clock_;
};

/// Error: not_found.
Result<casework::CaseRow> case_numbered(store::Transaction& transaction, std::string_view number);

} // namespace comity::rights
