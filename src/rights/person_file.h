#pragma once

#include "casework/related.h"
#include "rights/person.h"

/// What the parts of persons' requests share.
namespace comity::rights {

/// What the office wants a request itself for.
constexpr auto request_purpose = "data-protection";

struct PersonRequests::File {
    PersonRow row;
    std::vector<PersonItemRow> items;
    std::vector<CommentRow> comments;

    /// Error: not_found, `item`, for one that the search did not find.
    Result<PersonItemRow> item(std::string_view message) const;
    /// Error: conflict.
    Result<void> refuse_where_sent() const;
};

/// Who looks at an item for which request, and what for.
struct PersonRequests::Looking {
    std::int64_t place = 0;
    std::string_view purpose;
    protection::Operation operation {};
    Officer const& officer;
};

/// What is asked of which Party.
struct PersonRequests::ToParty {
    std::string party, text;
};

/// A use of what the vault keeps of the request itself.
protection::Use use_of_request(
    std::int64_t place, Officer const& officer, protection::Operation operation);

/// Under which id the vault keeps who asks.
std::string vault_id(std::int64_t place);
/// What the log of operations names.
std::string need_of(std::int64_t place);
Error no_request(std::int64_t place);
/// Whether he is named for all of them.
bool names(Officer const& officer, std::vector<access::Compartment> const& needed);
/// Error: not_permitted. It does not say for which compartment.
Error closed_item(std::string field);
std::vector<casework::Mark> marks_of(PersonDraft const& asked);
CommentView view_of(CommentRow const& row);
std::vector<std::string> words_in(std::string_view text);

} // namespace comity::rights
