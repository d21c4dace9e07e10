#pragma once

#include "message/protection.h"
#include "store/store.h"

/// The tables of persons' requests (A31(4)(g)): which messages a request is about and what became
/// of each. Who asks, and every text, lies sealed in the vault.
namespace comity::rights {

inline constexpr std::string_view create_persons = R"sql(
CREATE TABLE rights_person (place BIGINT PRIMARY KEY, claims TEXT NOT NULL,
    identity_check TEXT NOT NULL, language TEXT NOT NULL, received_on TEXT NOT NULL,
    registered_at TEXT NOT NULL, officer TEXT NOT NULL, deadline TEXT,
    deadline_source TEXT NOT NULL, searched_at TEXT, letter_at TEXT, letter_sha256 TEXT NOT NULL,
    sent_on TEXT);
CREATE TABLE rights_person_item (place BIGINT PRIMARY KEY, request BIGINT NOT NULL,
    message TEXT NOT NULL, case_number TEXT NOT NULL, found_by TEXT NOT NULL,
    chosen BIGINT NOT NULL, comment BIGINT NOT NULL, answer TEXT, decided_at TEXT,
    decided_by TEXT NOT NULL, settled BIGINT NOT NULL, UNIQUE (request, message));
CREATE INDEX rights_person_item_open ON rights_person_item (settled, place);
CREATE TABLE rights_person_comment (place BIGINT PRIMARY KEY, ours BIGINT NOT NULL,
    request BIGINT NOT NULL, party TEXT NOT NULL, case_number TEXT NOT NULL, item TEXT NOT NULL,
    claim TEXT NOT NULL, message TEXT NOT NULL, at TEXT NOT NULL, answer_by TEXT NOT NULL,
    position TEXT, answer TEXT NOT NULL, answered_at TEXT);
CREATE INDEX rights_person_comment_request ON rights_person_comment (request, place);
CREATE INDEX rights_person_comment_message ON rights_person_comment (message);
CREATE INDEX rights_person_comment_ours ON rights_person_comment (ours, place);
)sql";

/// How the office made sure that the request is the person's own.
enum class IdentityCheck : std::uint8_t {
    document_seen,
    certified_copy,
    electronic_identity,
    representative, ///< With a power of attorney.
};
BOOST_DESCRIBE_ENUM(
    IdentityCheck, document_seen, certified_copy, electronic_identity, representative)

struct PersonRow {
    std::int64_t place = 0; ///< Its number.
    std::vector<message::PersonClaim> claims {};
    IdentityCheck identity_check {};
    std::string language {}; ///< Of the reply.
    Date received_on {};
    Instant registered_at {};
    std::string officer {}; ///< Name.
    std::optional<Date>
        deadline {}; ///< The last day on which the law of this Party lets it answer.
    std::string deadline_source {};
    std::optional<Instant> searched_at {};
    std::optional<Instant> letter_at {};
    std::string letter_sha256 {}; ///< Of the PDF.
    std::optional<Date> sent_on {};
};
/// Its place.
Result<std::int64_t> insert_person(store::Transaction& transaction, PersonRow const& row);
/// Everything but what was registered.
Result<void> update_person(store::Transaction& transaction, PersonRow const& row);
Result<std::optional<PersonRow>> find_person(store::Transaction& transaction, std::int64_t place);
/// The newest first.
Result<std::vector<PersonRow>> newest_persons(store::Transaction& transaction, std::int64_t limit);

/// What is done with one item at the word of the person.
enum class ItemAnswer : std::uint8_t {
    full, ///< The person is told all of it.
    partial, ///< Told in part.
    refused, ///< On a ground of the national law.
    corrected,
    destroyed,
};
BOOST_DESCRIBE_ENUM(ItemAnswer, full, partial, refused, corrected, destroyed)

struct PersonItemRow {
    std::int64_t request = 0;
    std::string message; ///< Its id.
    std::string case_number;
    std::string found_by; ///< Words of casework::Likeness, a blank between.
    bool chosen = false; ///< An officer says that it is the person's.
    std::int64_t comment = 0; ///< Its place; 0 where nobody was asked.
    std::optional<ItemAnswer> answer {};
    std::optional<Instant> decided_at {};
    std::string decided_by {}; ///< Name.
    bool settled = true; ///< False while an own copy waits for its receivers' confirmations.
};
/// Where it is there already, only how it was found.
Result<void> put_person_item(store::Transaction& transaction, PersonItemRow const& row);
/// All but the first four members.
Result<void> update_person_item(store::Transaction& transaction, PersonItemRow const& row);
/// In the order in which they were found.
Result<std::vector<PersonItemRow>> person_items(
    store::Transaction& transaction, std::int64_t request);
Result<std::vector<PersonItemRow>> unsettled_items(
    store::Transaction& transaction, std::int64_t limit);

/// A comment that was asked for, by us or of us (A31(4)(g)-3).
struct CommentRow {
    std::int64_t place = 0;
    bool ours = false; ///< We asked; else it is ours to give.
    std::int64_t request = 0; ///< Ours; 0 of another State's.
    std::string party; ///< The other side.
    std::string case_number; ///< Ours.
    std::string item; ///< The first that it is about.
    message::PersonClaim claim {};
    std::string message; ///< That asked.
    Instant at;
    Instant answer_by;
    std::optional<message::CommentPosition> position {}; ///< Nothing until it came.
    std::string answer {}; ///< The message that gave it.
    std::optional<Instant> answered_at {};
};
Result<std::int64_t> insert_comment(store::Transaction& transaction, CommentRow const& row);
/// The last three members.
Result<void> update_comment(store::Transaction& transaction, CommentRow const& row);
Result<std::optional<CommentRow>> find_comment(store::Transaction& transaction, std::int64_t place);
Result<std::optional<CommentRow>> comment_asked(
    store::Transaction& transaction, std::string_view message);
Result<std::vector<CommentRow>> comments_of(store::Transaction& transaction, std::int64_t request);
/// Asked of us, the newest first.
Result<std::vector<CommentRow>> comments_asked_of_us(
    store::Transaction& transaction, std::int64_t limit);

} // namespace comity::rights
