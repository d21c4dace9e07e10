#pragma once

#include "casework/access_list.h"
#include "casework/contents.h"

/// Cases about the same person, vehicle, document, telephone or number find each other, whatever
/// script they were written in and whichever channel they came by. What they are found by lies
/// blinded in a table; who does not need to know the other case learns that it is there and whose.
namespace comity::casework {

constexpr std::size_t marks_max = 64; ///< Of one content.
constexpr std::size_t file_marks_max = 256; ///< The same, by its files alone.
constexpr std::int64_t related_max = 50; ///< Cases that are shown.
constexpr std::size_t sought_bytes_max = 200;
constexpr std::size_t sought_bytes_min = 3;

constexpr std::string_view open_first = R"sql(
ALTER TABLE casework_mark ADD COLUMN is_open BIGINT NOT NULL DEFAULT 0;
ALTER TABLE casework_case ADD COLUMN related BIGINT NOT NULL DEFAULT 0;
UPDATE casework_mark SET is_open = 1 WHERE case_number IN (SELECT number FROM casework_case
    WHERE state IN ('waiting', 'received', 'partly-answered', 'conditions', 'clarification',
        'proposed'));
DROP INDEX casework_mark_by;
CREATE INDEX casework_mark_found ON casework_mark (mark, is_open, id);
CREATE INDEX casework_mark_in ON casework_mark (case_number);
UPDATE casework_unmarked SET content = (SELECT COALESCE(MAX(id), 0) FROM casework_content);
)sql";

/// By what two cases are alike.
enum class Likeness : std::uint8_t {
    person, ///< The same name and day of birth.
    name, ///< The same name; nobody said when one of them was born.
    plate,
    vin,
    document,
    phone,
    serial_number,
    case_number, ///< One of them names the other's number.
    file, ///< A file beside a message, or what is said of it, bears the name; never a relation.
};
BOOST_DESCRIBE_ENUM(
    Likeness, person, name, plate, vin, document, phone, serial_number, case_number, file)

/// A word of a content by which it may be found, in its one spelling.
struct Mark {
    Likeness likeness {};
    std::string key; ///< What is blinded.
    std::string shown; ///< As it was written.
    auto operator<=>(Mark const&) const = default;
};
/// Whether two contents that have it are about the same: a name in one part, without a day of
/// birth, is everybody's, and the name of a file says little.
bool relates(Mark const& mark);
/// Those of a content; none is there twice.
std::vector<Mark> marks_of(json::Object const& content);
/// Those of a content that is closed to a compartment, where a code stands in the place of a person
/// and only sentences name him: also any two words of a text that stand together, as of a file.
std::vector<Mark> marks_of_secret(json::Object const& content);
/// Those that the number of a case is itself.
std::vector<Mark> marks_of_number(std::string_view number);
/// What somebody typed may be any of these.
std::vector<Mark> marks_of_text(std::string_view text);
/// Those of a person, under every name that he is known by, in whatever script; `birth_date` may be
/// empty, which finds namesakes too.
std::vector<Mark> marks_of_person(std::span<std::string const> names, std::string const& birth_date,
    std::span<std::string const> documents);
/// Keys of the same likeness that count as alike: a name without a day of birth is like one with
/// any, two with different days are not; a number that one case names is the other's.
std::vector<std::string> keys_that_match(Mark const& mark);

struct Reason {
    Likeness likeness {};
    std::string shown; ///< As the case at hand has it, or as it was typed.
};
BOOST_DESCRIBE_STRUCT(Reason, (), (likeness, shown))

/// A case that was found. Where it is not open to who asks, there is only that it is there.
struct RelatedCase {
    std::string number, requesting, requested;
    Instant opened_at;
    bool open = false;
    std::vector<std::string> holders; ///< Names of those who need to know it.
    std::optional<std::string> kind {};
    std::optional<CaseState> state {};
    std::vector<Reason> reasons {};
    std::optional<std::string> subject {}; ///< In a few words, by its heading.
};
BOOST_DESCRIBE_STRUCT(RelatedCase, (),
    (number, requesting, requested, opened_at, open, holders, kind, state, reasons, subject))

/// In the commit that keeps or corrects the content, in the place of what was there. Where its
/// label closes it to a compartment, under words that contents_marked alone asks for: whether a
/// protected person is known here must not show (Art. 10(1), 16(7)), but what is held about him is
/// his to ask for (Art. 31(4)(g)).
Result<void> index_marks(
    store::Transaction& transaction, protection::Vault const& vault, NewContent const& content);

/// The case stands in that state now: whoever looks for its like finds open ones first.
Result<void> mark_open(store::Transaction& transaction, std::string_view number, CaseState state);
/// The marks go; the cases that were like it are counted anew.
Result<void> delete_marks(
    store::Transaction& transaction, std::string_view number, std::string_view message);

/// Rows of one mark that are looked at: what everybody asks for stays a look-up.
constexpr std::int64_t related_rows_max = 8 * related_max;
/// Counts what CaseRow::related says: other cases like its request, `related_max` at most, by
/// blinded words alone. Whoever changes the request of a case or a mark calls it in that commit.
Result<void> recount_related(store::Transaction& transaction, std::string_view number);

/// Those whose contents are like what the message says: their lines of the inbox move with it. Of
/// each mark one more than `related_max`, open cases first, then the newest: who is not among them
/// counts no other number.
Result<std::vector<std::string>> related_numbers(
    store::Transaction& transaction, std::string_view number, std::string_view message);

/// A content that has one of the marks.
struct Marked {
    std::string message, number;
    std::vector<Reason> reasons {};
};
constexpr std::int64_t marked_max = 2000;
/// In every case, also of a compartment, the oldest first; nobody's need to know is asked here, so
/// it is for the data protection of this State alone. Error: too_large where
/// there are more than `marked_max`, for a list that ends early says that there is nothing more.
Result<std::vector<Marked>> contents_marked(
    store::Transaction& transaction, protection::Vault const& vault, std::span<Mark const> marks);

class Related {
public:
    /// All of them outlive it.
    Related(store::Store& store, protection::Vault& vault, Clock clock);

    /// Cases like this one, the newest first. A refusal cites A32(1). Error: not_found.
    struct Found {
        std::optional<access::Refusal> refused {};
        std::vector<RelatedCase> cases {};
    };
    Result<Found> of_case(std::string_view number, Officer const& officer);
    /// Cases by what somebody typed: a number, a name, a plate, a document. Noted.
    /// Errors: malformed, too_large, `sought`.
    Result<std::vector<RelatedCase>> look_up(std::string_view text, Officer const& officer);
    /// Contents that were kept before there were marks, some at a time. How many; none when there
    /// are no more.
    Result<std::size_t> index_some();

private:
    Result<std::vector<RelatedCase>> cases_with(store::Transaction& transaction,
        std::vector<Mark> const& marks, std::string_view but, Officer const& officer);
    Result<void> read_subjects(std::vector<RelatedCase>& cases, Officer const& officer);

    store::Store& store_;
    protection::Vault& vault_;
    Clock clock_;
};

} // namespace comity::casework
