-- The newest answers of a conversation, which every turn reads: without this the planner, sure of the session it is
-- asked for, gathers and sorts all answers a long one has.

create index chat_messages_answers on chat_messages (user_id, session_id, id)
    where role = 'assistant' and content <> '';
